import type { ServerResponse } from 'node:http'
import type { Report } from '../server-options'

/** Work nobody waits for, but the end of the server. */
export interface UnderWay {
  /** What goes wrong is reported; `response` is then ended too. */
  follow: (work: Promise<void>, during: string, response?: ServerResponse) => void
  idle: () => Promise<void>
}

export function createUnderWay(report: Report): UnderWay {
  const underWay = new Set<Promise<void>>()

  return {
    follow(work, during, response) {
      const onFault = (error: unknown) => {
        report(error, { during })
        if (response && !response.headersSent) response.writeHead(500).end()
        else response?.destroy()
      }
      const followed = work.catch(onFault).finally(() => underWay.delete(followed))
      underWay.add(followed)
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
