import type { Protocol } from 'electron'
import { isFileLink } from '../files/file-links'
import { appScheme } from './own-origin'
import { createBundleServer } from './serve-bundle'

/** Must run before the app is ready. */
export function declareAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

interface Served {
  bundleDir: string
  files: (request: Request) => Promise<Response>
  report: (error: unknown) => void
}

export function serveAppScheme(protocol: Protocol, { bundleDir, files, report }: Served): void {
  const bundle = createBundleServer(bundleDir)
  protocol.handle(appScheme, async (request) => {
    try {
      return await (isFileLink(request.url) ? files(request) : bundle(request))
    } catch (error) {
      report(error)
      return new Response(null, { status: 500 })
    }
  })
}
