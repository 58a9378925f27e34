import type { Protocol } from 'electron'
import { appScheme } from './own-origin'
import { createBundleServer } from './serve-bundle'

/** Must run before the app is ready. */
export function declareAppScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

export function serveAppScheme(protocol: Protocol, bundleDir: string, report: (error: unknown) => void): void {
  const serve = createBundleServer(bundleDir)
  protocol.handle(appScheme, async (request) => {
    try {
      return await serve(request)
    } catch (error) {
      report(error)
      return new Response(null, { status: 500 })
    }
  })
}
