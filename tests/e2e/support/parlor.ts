import { test as base } from '@playwright/test'
import { launchApp, type AppWanted, type LaunchedApp } from './launch-app'
import { launchGuest, type Guest, type GuestWanted } from './launch-guest'
import { openCable, type Cable } from './open-cable'
import { launchServer, type LaunchedServer, type ServerWanted } from './launch-server'

interface Fixtures {
  /** Starts a desktop app; closed after the test. Anything it reports as a bug fails the test. */
  launchApp: (wanted: AppWanted) => Promise<LaunchedApp>
  /** Opens a phone-sized browser on an origin that is not secure, as a phone on the LAN has it. */
  launchGuest: (wanted: GuestWanted) => Promise<Guest>
  /** Lays a cable to a server, on a port of its own. */
  openCable: (to: { port: number }) => Promise<Cable>
  /** Starts the headless server. */
  launchServer: (wanted?: ServerWanted) => Promise<LaunchedServer>
}

export const test = base.extend<Fixtures>({
  launchApp: async ({}, use) => {
    const opened: LaunchedApp[] = []
    await use(async (wanted) => {
      const app = await launchApp(wanted)
      opened.push(app)
      return app
    })
    for (const app of opened) await app.close()
    base.expect(opened.flatMap((app) => app.reported())).toEqual([])
  },
  launchGuest: async ({}, use) => {
    const opened: Guest[] = []
    await use(async (wanted) => {
      const guest = await launchGuest(wanted)
      opened.push(guest)
      return guest
    })
    for (const guest of opened) await guest.close()
    base.expect(opened.flatMap((guest) => guest.reported())).toEqual([])
  },
  openCable: async ({}, use) => {
    const opened: Cable[] = []
    await use(async (to) => {
      const cable = await openCable(to)
      opened.push(cable)
      return cable
    })
    for (const cable of opened) await cable.close()
  },
  launchServer: async ({}, use) => {
    const opened: LaunchedServer[] = []
    await use(async (wanted) => {
      const server = await launchServer(wanted)
      opened.push(server)
      return server
    })
    for (const server of opened) await server.close()
    base.expect(opened.flatMap((server) => server.reported())).toEqual([])
  },
})

export { expect } from '@playwright/test'
