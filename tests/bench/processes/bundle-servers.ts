import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'

export const serverNames = ['parlor', 'socketio', 'ws'] as const
export type ServerName = (typeof serverNames)[number]

/** Bundles the servers as they ship, beside the packages they import; answers the folder they are in. */
export async function bundleServers(): Promise<string> {
  const outDir = resolve('node_modules/.cache/bench', String(process.pid))
  process.on('exit', () => rmSync(outDir, { recursive: true, force: true }))
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: ['valibot'] },
    build: {
      ssr: true,
      target: 'node20.18',
      outDir,
      rolldownOptions: {
        input: {
          parlor: resolve('tests/bench/servers/parlor.ts'),
          socketio: resolve('tests/bench/servers/plain-socketio.ts'),
          ws: resolve('tests/bench/servers/raw-ws.ts'),
          'store-worker': resolve('src/server/store/sqlite/worker.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return outDir
}
