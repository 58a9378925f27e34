import { expect, test } from 'vitest'
import { pastedFiles } from '../../../src/renderer/writing/pasted-files'

const picture = new File(['x'], 'image.png')
const clipboard = (text: string, ...types: string[]) => ({
  files: [picture] as unknown as FileList,
  types: [...types, 'Files'],
  getData: () => text,
})

test('a copied picture or file is pasted as a file', () => {
  expect(pastedFiles(clipboard(''))).toEqual([picture])
  expect(pastedFiles(clipboard('', 'text/html'))).toEqual([picture])
  expect(pastedFiles(clipboard('image.png', 'text/plain'))).toEqual([picture])
  expect(pastedFiles(null)).toEqual([])
})

test('copied cells of a table are pasted as words, though a picture of them lies beside', () => {
  expect(pastedFiles(clipboard('1\t2', 'text/plain', 'text/html'))).toEqual([])
})
