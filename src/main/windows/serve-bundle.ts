import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { securityHeaders } from '#shared/security-headers'
import { bundleFile } from './bundle-file'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Answers requests of the app's own scheme out of the built interface, and with nothing else. */
export function createBundleServer(bundleDir: string): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    if (method !== 'GET' && method !== 'HEAD') return answer(405)
    const file = await bundleFile(bundleDir, url)
    const type = file && types[extname(file).toLowerCase()]
    if (!file || !type) return answer(404)
    return answer(200, type, method === 'GET' ? await readFile(file) : null)
  }
}

const answer = (status: number, type = 'text/plain; charset=utf-8', body: Buffer | null = null): Response =>
  new Response(body && new Uint8Array(body), {
    status,
    headers: { 'Content-Type': type, ...securityHeaders("'none'") },
  })
