import { isBounded } from '../../../src/client/bounds'
import type { Attack } from '../attack-shape'
import { openRawPerson } from '../../support/raw-socket'
import { enter } from '../stage/intruder'
import { withoutRates } from '../stage/without-rates'

const joins = 5_010
const lanes = 20

/** A room that takes everybody for ever is one that nobody can open in the end. */
export const manyMembers: Attack = {
  name: 'many-members',
  strength: `${joins} people join a room one after another and go`,
  isLong: true,
  limits: withoutRates,
  async run(stage) {
    const host = await stage.host('Owner')
    const { roomId } = host
    let [left, refusedWith] = [joins, '']
    const lane = async () => {
      const from = stage.address()
      while (left-- > 0) {
        const socket = await openRawPerson(stage.url, { protocol: 1, client: 'raw/1' }, from)
        await enter(socket, from, ['join_room', { roomId, name: `Passer ${left}` }]).catch((error: unknown) => {
          refusedWith = String(error)
        })
        socket.ws.terminate()
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    stage.mustHold(refusedWith === '' || refusedWith.includes('room_full'), refusedWith)

    const again = await stage.visitor(stage.address(), host.session)
    again.send(`429["join_room",${JSON.stringify({ roomId })}]`)
    const [reply] = JSON.parse((await again.next('439[')).slice(3)) as [{ ok: boolean; value?: unknown }]
    stage.mustHold(reply.ok, 'whoever made the room cannot come back to it')
    stage.mustHold(isBounded(reply.value), 'the room is too large for anybody to open')
  },
  weak: { server: 'naive', breaks: ['own'] },
}
