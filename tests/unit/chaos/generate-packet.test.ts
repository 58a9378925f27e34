import { expect, test } from 'vitest'
import { families } from '../../chaos/fuzzing/families'
import { generatePacket } from '../../chaos/fuzzing/generate-packet'
import { text, type Phase, type Target } from '../../chaos/fuzzing/packet'
import { commandNames, validCommand, validHandshake } from '../../chaos/fuzzing/valid-packets'
import { wellFormed } from '../../chaos/fuzzing/well-formed'
import { createRandom } from '../../chaos/random'

const target = (phase: Phase): Target => ({ roomId: 'ABC234', phase })
const draw = (seed: number, phase: Phase, count: number) => {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => generatePacket(random, target(phase)))
}
const judge = (body: string | Buffer, phase: Phase) => wellFormed({ family: 'test', frames: [text(body)] }, phase)

test('the same seed makes the same packets', () => {
  expect(draw(7, 'joined', 100)).toEqual(draw(7, 'joined', 100))
  expect(draw(7, 'joined', 100)).not.toEqual(draw(8, 'joined', 100))
})

test.each(['opened', 'connected', 'joined'] as const)('every family makes malformed packets when %s', (phase) => {
  const packets = draw(1, phase, 600)
  expect(new Set(packets.map(({ family }) => family))).toEqual(new Set(Object.keys(families)))
  expect(packets.filter((packet) => wellFormed(packet, phase))).toEqual([])
})

test('every command as it should be sent is acceptable, once connected', () => {
  const random = createRandom(1)
  for (const name of commandNames) {
    const packet = validCommand(random, target('joined'), name)
    expect(judge(packet, 'joined')).toBe(true)
    expect(judge(Buffer.from(packet), 'connected')).toBe(true)
    expect(judge(packet, 'opened')).toBe(false)
  }
})

test('a handshake is acceptable first, and malformed ever after', () => {
  expect(judge(validHandshake, 'opened')).toBe(true)
  expect(judge(validHandshake, 'connected')).toBe(false)
})

test('pongs and farewells are allowed', () => {
  expect([judge('3', 'opened'), judge('3probe', 'joined'), judge('41', 'joined')]).toEqual([true, true, true])
  expect([judge('41', 'opened'), judge('41x', 'joined')]).toEqual([false, false])
})

test('a command with a key that reaches into a prototype is malformed', () => {
  expect(judge('421["leave_room",{"roomId":"ABC234"}]', 'joined')).toBe(true)
  expect(judge('421["leave_room",{"roomId":"ABC234","__proto__":{}}]', 'joined')).toBe(false)
})
