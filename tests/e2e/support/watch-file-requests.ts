import type { Page } from '@playwright/test'

/** Collects the ids of files whose bytes a page asks for. */
export function watchFileRequests(page: Page): () => readonly string[] {
  const asked: string[] = []
  page.on('request', (request) => {
    const fileId = /\/files\/([^/?]+)/.exec(request.url())?.[1]
    if (fileId !== undefined) asked.push(fileId)
  })
  return () => asked
}
