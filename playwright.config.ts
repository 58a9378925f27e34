import { defineConfig } from '@playwright/test'

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  reporter: 'list',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  // Every test runs several apps already.
  workers: 1,
  forbidOnly: true,
})
