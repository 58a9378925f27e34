// @vitest-environment happy-dom
import { afterEach, expect, test } from 'vitest'
import { copyText } from '../../../src/renderer/platform/copy-text'

const original = Object.getOwnPropertyDescriptor(navigator, 'clipboard')
afterEach(() => {
  if (original) Object.defineProperty(navigator, 'clipboard', original)
  else Reflect.deleteProperty(navigator, 'clipboard')
})

const withClipboard = (clipboard: Partial<Clipboard> | undefined) =>
  Object.defineProperty(navigator, 'clipboard', { value: clipboard, configurable: true })

/** What the page would have copied through its hidden field. */
function withCommand(works: boolean): string[] {
  const copied: string[] = []
  const execCommand = () => {
    copied.push(document.querySelector('textarea')?.value ?? '')
    return works
  }
  Object.assign(document, { execCommand })
  return copied
}

test('a secure page copies with the clipboard', async () => {
  const copied: string[] = []
  withClipboard({ writeText: (text) => Promise.resolve(void copied.push(text)) })
  expect(await copyText('ABC234')).toBe(true)
  expect(copied).toEqual(['ABC234'])
})

test('a page over plain http copies through a field that is gone afterwards', async () => {
  withClipboard(undefined)
  const copied = withCommand(true)
  expect(await copyText('ABC234')).toBe(true)
  expect([copied, document.querySelectorAll('textarea').length]).toEqual([['ABC234'], 0])
})

test('a copy that nothing could make is admitted', async () => {
  withClipboard({ writeText: () => Promise.reject(new Error('denied')) })
  withCommand(false)
  expect(await copyText('ABC234')).toBe(false)
  Object.assign(document, { execCommand: undefined })
  expect(await copyText('ABC234')).toBe(false)
})
