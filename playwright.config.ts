import { defineConfig } from '@playwright/test'

/** An installed app to test, in place of the built one. */
const isPackaged = process.env['PARLOR_E2E_APP'] !== undefined

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: isPackaged ? 'packaged.spec.ts' : '*.spec.ts',
  testIgnore: isPackaged ? [] : 'packaged.spec.ts',
  outputDir: 'test-results',
  reporter: 'list',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Every test runs several apps already.
  workers: 1,
  forbidOnly: true,
})
