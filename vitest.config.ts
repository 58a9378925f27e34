import vue from '@vitejs/plugin-vue'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const executablePath = process.env['PARLOR_CHROMIUM'] ?? '/usr/bin/chromium'

export default defineConfig({
  plugins: [vue()],
  test: {
    // Most of what a test does is wait: for a server, a clock or a disk.
    maxWorkers: 4,
    projects: [
      // Modules keep nothing from one of these files to the next: to load them once a worker takes half the time.
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'], isolate: false } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: 'tests/support/build-store-worker.ts',
          testTimeout: 20_000,
          // What takes milliseconds takes seconds where four files at once share two cores.
          expect: { poll: { timeout: 5_000 } },
        },
      },
      {
        extends: true,
        publicDir: 'src/renderer/public',
        test: {
          name: 'component',
          include: ['tests/component/**/*.test.ts'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath, args: ['--no-sandbox', '--disable-gpu'] } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
