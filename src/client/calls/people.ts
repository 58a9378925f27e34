import type { Ask } from '../ask'
import type { Blocks } from '../blocks'
import type { Directs } from '../directs'
import type { DirectsSetting } from '../directs-from'
import type { RoomCalls } from '../door'
import { done, type Answering } from './answering'

export interface PeopleOptions {
  ask: Ask
  directs: Directs
  blocks: Blocks
  directsSetting: DirectsSetting
}

/** What one person has to do with another: talk to them alone, or not hear of them. */
export function createPeopleCalls(
  { inRoom, online }: Answering,
  { ask, directs, blocks, directsSetting }: PeopleOptions,
): Pick<RoomCalls, 'openDirect' | 'blockMember'> {
  return {
    openDirect: inRoom(({ server }, { memberId }) => directs.open(server, memberId)),
    blockMember: online(async ({ server }, link, input) => {
      if ('directsFrom' in input) {
        const { directsFrom: from } = input
        const set = await ask(link, 'set_directs', { from })
        if (!set.ok) return set
        directsSetting.receive(server, from)
        return done
      }
      const { memberId, blocked } = input
      const reply = await ask(link, 'block_member', { memberId, blocked })
      if (!reply.ok) return reply
      blocks.change(server, memberId, blocked)
      return done
    }),
  }
}
