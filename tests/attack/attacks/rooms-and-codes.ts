import type { Attack } from '../attack-shape'
import { limitTable } from '../../../src/server/limits'
import { ifAnswered } from '../stage/intruder'
import { withoutRates } from '../stage/without-rates'

const { roomsPerHour, joinFailuresPerMinute } = limitTable
const lanes = 5
const atOnce = 10
const guess = () => Array.from({ length: 6 }, () => 'ABCDEFGHJKMNPQRSTVWXYZ'[Math.floor(Math.random() * 22)]).join('')

/** Rooms fill the disk, and codes that are guessed open other people's rooms. */
export const roomsAndCodes: Attack = {
  name: 'rooms-and-codes',
  isLong: true,
  strength: `${lanes} people of one address make rooms and guess codes as fast as they are answered`,
  async run(stage) {
    const from = stage.address()
    const end = performance.now() + stage.lastsMs
    const [made, looked] = [new Set<string>(), { wrong: 0 }]
    const lane = async () => {
      const maker = await stage.host('Maker', { from }).catch(() => undefined)
      if (maker) made.add(maker.roomId)
      const guesser = await stage.member('Guesser', { from })
      while (performance.now() < end && guesser.socket.ws.readyState === guesser.socket.ws.OPEN) {
        const asked = Array.from({ length: atOnce }, () => [
          guesser.ask('create_room', { name: 'Maker' }),
          guesser.ask('join_room', { roomId: guess(), name: 'Guesser' }),
        ])
        const replies = await Promise.all(asked.flat().map(ifAnswered))
        for (const reply of replies) {
          if (reply?.ok) made.add((reply.value as { room: { roomId: string } }).room.roomId)
          if (reply?.error?.code === 'room_not_found') looked.wrong++
        }
      }
    }
    await Promise.all(Array.from({ length: lanes }, () => lane().catch(() => undefined)))
    const minutes = Math.ceil(stage.lastsMs / 60_000) + 1
    stage.mustHold(made.size <= roomsPerHour.standard, `${made.size} rooms were made`)
    const most = joinFailuresPerMinute.standard * minutes + lanes
    stage.mustHold(looked.wrong <= most, `${looked.wrong} codes were looked at`)
  },
  weak: {
    server: { ...withoutRates, joinFailuresPerMinuteInAll: Infinity },
    breaks: ['own'],
  },
}
