import { randomUUID } from 'node:crypto'
import { until } from '../../chaos/waiting'
import { createMember } from '../../chaos/converging/member'
import type { Attack } from '../attack-shape'
import type { Stage } from '../stage/stage'

const strangers = 205
const atOnce = 5
const patienceMs = 15_000

/** Somebody nobody knows, who says one thing to `memberId` and is gone. */
async function disturb(stage: Stage, memberId: string, at: number) {
  const stranger = await stage.member(`Stranger ${at}`)
  const opened = await stranger.ask('open_direct', { memberId })
  if (opened.ok) {
    const { roomId } = (opened.value as { room: { roomId: string } }).room
    await stranger.ask('send_message', { roomId, clientKey: randomUUID(), text: 'hello' })
  }
  stranger.socket.ws.terminate()
}

/** However many strangers write to somebody, a colleague who writes next is seen. */
export const manyDirects: Attack = {
  name: 'many-directs',
  strength: `${strangers} throwaway people each begin a conversation with one person`,
  isLong: true,
  async run(stage) {
    const victim = createMember({
      name: 'Victim',
      ground: { url: stage.url, restart: () => Promise.reject(new Error('not here')) },
      report: (error) => stage.mustHold(false, `the client reported ${String(error)}`),
    })
    try {
      const address = `${stage.url}/${stage.roomId}`
      const joined = await victim.client().calls.joinRoom({ name: 'Victim', address, remember: true })
      const memberId = victim.room()?.you.memberId
      if (!joined.ok || memberId === undefined) throw new Error(`the victim did not get in: ${JSON.stringify(joined)}`)
      for (let at = 0; at < strangers; at += atOnce)
        await Promise.all(Array.from({ length: atOnce }, (_, more) => disturb(stage, memberId, at + more)))

      const colleague = await stage.member('Colleague')
      const opened = await colleague.ask('open_direct', { memberId })
      stage.mustHold(opened.ok, `a colleague could not write: ${opened.error?.code ?? ''}`)
      const isSeen = () => {
        const { rooms } = victim.client().state()
        return rooms.some(({ members }) => members.length === 2 && members.some(({ name }) => name === 'Colleague'))
      }
      stage.mustHold(await until(isSeen, patienceMs, 50), "a colleague's conversation is not on the list")
    } finally {
      await victim.close()
    }
  },
  weak: { server: 'naive', breaks: ['own'] },
}
