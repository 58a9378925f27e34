import type { ServerResponse } from 'node:http'

/** How long whoever found no place is to wait. */
export const fullRetryMs = 10_000
const seconds = String(fullRetryMs / 1_000)

const words =
  'This Parlor server has as many connections from your network as it takes.\n' +
  `Nothing is lost: this page tries again in ${seconds} seconds.\n`

/** For a browser, which has nothing of ours yet that could say it. */
export function sayFull(response: ServerResponse) {
  response
    .writeHead(503, {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'Retry-After': seconds,
      Refresh: seconds,
      Connection: 'close',
    })
    .end(words)
}
