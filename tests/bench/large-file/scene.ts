import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { roomPage } from '../../e2e/pages/room-page'
import { startPage } from '../../e2e/pages/start-page'
import { launchApp, type LaunchedApp } from '../../e2e/support/launch-app'
import { launchServer, type LaunchedServer } from '../../e2e/support/launch-server'
import { openSlowLine, type SlowLine } from '../../e2e/support/open-slow-line'
import { hostAs } from '../../e2e/support/scripted-person'
import type { Person } from '../../support/person'

/** A server that takes large files, two rooms, and somebody in each who listens and talks. */
export interface Scene {
  server: LaunchedServer
  lobby: Person
  hall: Person
  line: SlowLine
  /** What has come of the one file that is being sent. */
  received: () => number
  launch: (name: string, profile?: string) => Promise<LaunchedApp>
  /** Enters both rooms over a line of its own, and ends in the lobby. */
  enter: (app: LaunchedApp, as: string, line: SlowLine) => Promise<void>
  reported: () => string[]
  close: () => Promise<void>
}

export async function openScene(fileBytes: number): Promise<Scene> {
  const most = ['file-bytes', 'member-file-bytes', 'server-file-bytes'].flatMap((limit) => [
    `--${limit}`,
    String(2 * fileBytes),
  ])
  const server = await launchServer({ args: most })
  const [lobby, hall] = [await hostAs('Grace', server.url, 'Lobby'), await hostAs('Linus', server.url, 'Hall')]
  const line = await openSlowLine(server.port, Infinity)
  const apps: LaunchedApp[] = []
  const uploads = join(server.dataDir, 'files/uploads')

  return {
    server,
    lobby,
    hall,
    line,
    received: () => readdirSync(uploads).reduce((sum, name) => sum + statSync(join(uploads, name)).size, 0),
    async launch(name, profile) {
      const app = await launchApp({ name, ...(profile !== undefined && { profile }) })
      apps.push(app)
      return app
    },
    async enter({ page }, as, { port }) {
      const person = roomPage(page)
      await startPage(page).join({ as, at: `127.0.0.1:${port}/${hall.roomId}` })
      await person.isOpen('Hall')
      await person.room('Join a room').click()
      await startPage(page).join({ as, at: `127.0.0.1:${port}/${lobby.roomId}` })
      await person.isOpen('Lobby')
    },
    reported: () => [...server.reported(), ...apps.flatMap((app) => app.reported())],
    async close() {
      for (const app of apps) await app.close()
      lobby.close()
      hall.close()
      line.close()
      await server.close()
      for (const dir of [server.dataDir, ...apps.map(({ profile }) => profile)])
        rmSync(dir, { recursive: true, force: true })
    },
  }
}
