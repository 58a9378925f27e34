import { expect, test } from 'vitest'
import { createLinkOpener } from '../../../src/main/links/open-link'

test('a link opens only after the person says so, having seen the true host', async () => {
  const opened: string[] = []
  const questions: string[] = []
  const answers = [1, 0]
  const open = createLinkOpener({
    shell: { openExternal: (url) => Promise.resolve(void opened.push(url)) },
    ask: ({ message }) => {
      questions.push(message)
      return Promise.resolve(answers.shift() ?? 1)
    },
  })

  expect(await open('https://аpple.com/')).toBe(true)
  expect(opened).toEqual([])
  expect(await open('https://аpple.com/')).toBe(true)
  expect(await open('file:///etc/passwd')).toBe(false)

  expect(opened).toEqual(['https://xn--pple-43d.com/'])
  expect(questions).toEqual(Array(2).fill('Open xn--pple-43d.com in your browser?'))
})
