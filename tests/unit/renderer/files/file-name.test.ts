import { expect, test } from 'vitest'
import { utf8Length } from '#shared/protocol/text'
import { nameParts, sentName } from '../../../../src/renderer/files/file-name'

test('a name is shown as it would be saved, with the extension that would be opened', () => {
  expect(nameParts('plan.pdf')).toEqual({ stem: 'plan', extension: '.pdf' })
  expect(nameParts('archive.tar.gz')).toEqual({ stem: 'archive.tar', extension: '.gz' })
  expect(nameParts('photo\u202egnp.exe')).toEqual({ stem: 'photognp', extension: '.exe' })
  expect(nameParts('C:\\Users\\ada\\..\\invoice.pdf.exe. ')).toEqual({ stem: 'invoice.pdf', extension: '.exe' })
  expect(nameParts('README')).toEqual({ stem: 'README', extension: '' })
  expect(nameParts('Minutes of 3.4. and what follows')).toMatchObject({ extension: '' })
  expect(nameParts('../..')).toEqual({ stem: 'file', extension: '' })
})

test('a name is sent as it is, in a length that servers take', () => {
  expect(sentName('Größe 👨‍👩‍👧.png')).toBe('Größe 👨‍👩‍👧.png')
  const long = sentName(`${'👍'.repeat(100)}.docx`)
  expect(long).toMatch(/^(?:👍)+\.docx$/u)
  expect(utf8Length(long)).toBeLessThanOrEqual(255)
  expect(sentName('half \ud83d.png')).toBe('half \ufffd.png')
})
