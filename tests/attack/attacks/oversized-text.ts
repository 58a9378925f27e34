import { randomUUID } from 'node:crypto'
import type { Attack } from '../attack-shape'
import { packetOf } from '../stage/intruder'

const long = 'a'.repeat(16_384)
/** 64 KB is the largest packet. */
const longest = 'e\u0301'.repeat(20_000)

/** Characters are costly to count: before what is cheap to look at, or to the end, they are never counted. */
export const oversizedText: Attack = {
  name: 'oversized-text',
  strength:
    'thirty texts a second of 16 and 60 KB, as messages, edits, names, titles, searches, by one who never joined',
  async run(stage) {
    const visitors = await Promise.all([1, 2, 3].map(() => stage.visitor(stage.address())))
    const { roomId } = stage
    let id = 0
    const comeAgain = async (at: number) => {
      const fresh = await stage.visitor(stage.address()).catch(() => undefined)
      if (fresh) visitors[at] = fresh
    }
    await stage.keepOn(async () => {
      for (const [at, { ws }] of visitors.entries()) if (ws.readyState !== ws.OPEN) await comeAgain(at)
      const [one, two, three] = visitors
      const said = { roomId, clientKey: randomUUID() }
      one?.send(packetOf(id++, 'send_message', { ...said, text: long }))
      two?.send(packetOf(id++, 'edit_message', { roomId, seq: 1, text: long }))
      two?.send(packetOf(id++, 'create_room', { name: 'Ann', title: longest }))
      three?.send(packetOf(id++, 'send_message', { ...said, text: longest }))
      three?.send(packetOf(id++, 'join_room', { roomId, name: longest }))
      three?.send(packetOf(id++, 'search_messages', { query: longest }))
    }, 33)
  },
  weak: { server: 'naive', breaks: ['honest'] },
}
