import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { countTests } from '../../../scripts/running/count-tests.mjs'
import { keepOwnLocation } from '../../../scripts/running/keep-own-location.mjs'
import { isInstalled } from '../../../scripts/setup/dependencies.mjs'
import { refuseUnlessPinned } from '../../../scripts/setup/pinned-package.mjs'

test('packages are installed when each one wanted here has its version', () => {
  const wanted = {
    '': { version: '1' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b-win': { version: '2.0.0', optional: true },
  }
  const a = { 'node_modules/a': { version: '1.0.0' } }

  expect(isInstalled(wanted, a)).toBe(true)
  expect(isInstalled(wanted, { 'node_modules/a': { version: '1.0.1' } })).toBe(false)
  expect(isInstalled(wanted, { ...a, 'node_modules/b-win': { version: '1.0.0' } })).toBe(false)
  expect(isInstalled(wanted, {})).toBe(false)
  expect(isInstalled(wanted, undefined)).toBe(false)
})

test('a package that is not exactly the pinned archive is refused', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'parlor-pin-'))
  const archive = join(dir, 'archive.tgz')
  writeFileSync(archive, 'an archive')
  const sha512 = createHash('sha512').update('an archive').digest('base64')

  const pinned = { name: 'a-runtime', version: '1.0.0', sha512 }
  await expect(refuseUnlessPinned(archive, pinned)).resolves.toBeUndefined()
  await expect(refuseUnlessPinned(archive, { ...pinned, sha512: 'another' })).rejects.toThrow(
    'not the expected archive',
  )
  rmSync(dir, { recursive: true })
})

test('the total counts what each suite reports, and a silent step as one', () => {
  const vitest = '\u001B[2m      Tests \u001B[22m 1 failed | 12 passed | 1 skipped (14)\n'
  expect(countTests(vitest, 1)).toEqual({ passed: 12, failed: 1 })
  expect(countTests('      Tests  40 passed (40)\n  6 passed (49.0s)\n', 0)).toEqual({ passed: 46, failed: 0 })
  expect(countTests('  2 failed\n    tests/e2e/x.spec.ts\n  4 passed (3.1m)\n', 1)).toEqual({ passed: 4, failed: 2 })
  expect(countTests('{"kills":20,"lost":0}\n', 0)).toEqual({ passed: 1, failed: 0 })
  expect(countTests('Error: no display\n', 1)).toEqual({ passed: 0, failed: 1 })
})

test('a bundled script still knows where its source is', () => {
  const plugin = keepOwnLocation()
  expect(plugin.transform('open(import.meta.dirname, import.meta.url)', '/project/tests/a.ts?x')?.code).toBe(
    'open("/project/tests", "file:///project/tests/a.ts")',
  )
  expect(plugin.transform('import.meta.url', '/project/node_modules/a.js')).toBeUndefined()
})
