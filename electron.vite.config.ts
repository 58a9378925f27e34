import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'

// The oldest runtime the tests use (Electron 33: Node 20.18, Chromium 130); newer ones run it too.
const oldestNode = 'node20.18'

export default defineConfig({
  main: {
    build: {
      target: oldestNode,
      // Hundreds of small modules, loaded once per store thread: bundled, a server starts in two thirds of the time.
      externalizeDeps: { exclude: ['kysely'] },
      rolldownOptions: {
        input: {
          index: resolve('src/main/index.ts'),
          'hosted-server': resolve('src/main/hosting/hosted-server.ts'),
          cli: resolve('src/server/cli.ts'),
          'store-worker': resolve('src/server/store/sqlite/worker.ts'),
        },
        output: { chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: oldestNode,
      rolldownOptions: {
        input: { index: resolve('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue()],
    build: {
      // Guests' phones too: Chrome 111, Safari 16.4 and Firefox 114 have all of it. A list here is merged twice. What
      // these browsers lack of the library, `lib` in the tsconfigs and tests/e2e/older-browsers.spec.ts keep out.
      target: 'es2022',
      cssTarget: ['chrome111', 'safari16.4', 'firefox114'],
      // Phones fetch this over the office's Wi-Fi.
      minify: true,
      rolldownOptions: { input: resolve('src/renderer/index.html') },
    },
  },
})
