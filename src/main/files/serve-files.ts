import { fileTypes } from '#shared/protocol/files'
import { fetchFile } from './fetch-file'
import type { FileLinks } from './file-links'
import type { Pace } from './steady-body'

/** Answers requests for files with what their server has of them, and nothing it says about them. */
export function createFileServer(links: FileLinks, pace?: Pace): (request: Request) => Promise<Response> {
  return async ({ method, url, headers, signal }) => {
    if (method !== 'GET') return new Response(null, { status: 405, headers: strictly })
    const address = await links.resolve(url)
    const range = headers.get('Range') ?? ''
    const wanted = address === undefined ? undefined : await read(address, { range, end: signal, pace })
    return wanted ?? new Response(null, { status: 404, headers: strictly })
  }
}

interface Reading {
  range: string
  end: AbortSignal
  pace: Pace | undefined
}

async function read(address: string, { range, end, pace }: Reading): Promise<Response | undefined> {
  const asked = { end, pace, ...(/^bytes=\d*-\d*$/.test(range) && { range }) }
  const upstream = await fetchFile(address, asked).catch(() => undefined)
  if (!upstream || !passed.has(upstream.status)) {
    await upstream?.body?.cancel()
    return undefined
  }
  return new Response(upstream.body, { status: upstream.status, headers: { ...strictly, ...bounds(upstream.headers) } })
}

const passed: ReadonlySet<number> = new Set([200, 206, 416])

/** No page can run in a file, whatever is in it. */
const strictly = {
  'Content-Disposition': 'attachment',
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
  'Referrer-Policy': 'no-referrer',
}

function bounds(headers: Headers): Record<string, string> {
  const length = headers.get('Content-Length') ?? ''
  const range = headers.get('Content-Range') ?? ''
  const type = fileTypes.find((known) => known === headers.get('Content-Type'))
  return {
    'Content-Type': type ?? 'application/octet-stream',
    'Accept-Ranges': 'bytes',
    ...(/^\d{1,15}$/.test(length) && { 'Content-Length': length }),
    ...(/^bytes (\d+-\d+|\*)\/\d+$/.test(range) && { 'Content-Range': range }),
  }
}
