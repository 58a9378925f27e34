import { expect, test } from 'vitest'
import { safeFileName } from '#shared/safe-file-name'

test.each([
  ['photo.png', 'photo.png'],
  ['Ünïcödé — 写真.png', 'Ünïcödé — 写真.png'],
  ['../../etc/passwd', 'passwd'],
  ['..\\..\\evil.exe', 'evil.exe'],
  ['C:evil.exe', 'C_evil.exe'],
  ['notes.txt:evil.exe', 'notes.txt_evil.exe'],
  ['a<b>c|d?e*f"g', 'a_b_c_d_e_f_g'],
  ['photo\u202Egnp.exe', 'photognp.exe'],
  ['line\r\nbreak.txt', 'linebreak.txt'],
  ['.htaccess', 'htaccess'],
  ['ends. . .', 'ends'],
  ['CON', '_CON'],
  ['con.tar.gz', '_con.tar.gz'],
  ['nul .txt', '_nul .txt'],
  ['LPT¹', '_LPT¹'],
  ['console.log', 'console.log'],
  ['..', 'file'],
  ['photos/', 'file'],
  [' \u200B', 'file'],
])('%j is saved as %j', (name, saved) => {
  expect(safeFileName(name)).toBe(saved)
})

test('a long name loses its middle and keeps what it is', () => {
  expect(safeFileName(`${'n'.repeat(200)}.png`)).toBe(`${'n'.repeat(115)}.png`)
  const wide = safeFileName(`${'写'.repeat(80)}.png`)
  expect([Buffer.byteLength(wide) <= 120, wide.endsWith('写.png')]).toEqual([true, true])
  expect(Buffer.byteLength(safeFileName(`a.${'x'.repeat(200)}`))).toBeLessThanOrEqual(120)
})
