import { hostileValue } from './hostile-values'
import { randomBytes } from './mutate'
import { binary, one, text, type Family } from './packet'
import { ackId, eventOf, validCommand, validHandshake } from './valid-packets'

const enginePackets = [
  '0',
  '1',
  '2',
  '5',
  '6',
  '7',
  '8',
  '9',
  '',
  'b',
  'bAAAA',
  '2probe',
  '0{"sid":"x"}',
  '5upgrade',
  '1bye',
]
const namespaces = ['/admin,', '/,,', '//,', '/../,', '/__proto__,', '/?token=x,', '/%2f,', '/\u0000,', '/*,', '/ ,']
const longNamespace = `/${'n'.repeat(5_000)},`
const handshakes = [
  '',
  '{}',
  '[]',
  'null',
  '"x"',
  '{"protocol":2,"client":"x"}',
  '{"protocol":"1","client":"x"}',
  '{"protocol":1}',
  '{"protocol":1,"client":null}',
  '{"protocol":1,"client":"x","admin":true}',
  '{"protocol":1,"client":"x","session":5}',
  '{"__proto__":{"protocol":1,"client":"x"}}',
]
const eventNames = [
  '"shutdown"',
  '"connect"',
  '"disconnect"',
  '"connect_error"',
  '"newListener"',
  '"error"',
  '"__proto__"',
  '"constructor"',
  '"toString"',
  '"hasOwnProperty"',
  '"message_posted"',
  '"SEND_MESSAGE"',
  '"send_message "',
  '""',
  '0',
  '-1',
  '1e9',
  'null',
  '[]',
  '{}',
  'true',
  '"\\ud800"',
]
const longName = `"${'n'.repeat(10_000)}"`
const longId = '9'.repeat(400)
const badIds = ['', '-1', '1.5', '1e3', 'x', longId, '18446744073709551616', '0x10', '\u0661', '99999999999999999999']
const answers = ['[]', '[null]', '{}', '', '["x"]']
const attachmentCounts = ['', '0', '1', '2', '10', '11', '-1', '1e9', '1.5', '99999999999']
const placeholderNumbers = ['0', '1', '-1', '1e9', '"0"', '"__proto__"', 'null']

/** Engine.IO and Socket.IO packets that the protocol has no use for, or not here. */
export const packetFamilies: Record<string, Family> = {
  engine_packet: (random) => one(random.pick(enginePackets)),
  handshake: (random, { phase }) =>
    one(
      phase === 'opened'
        ? `40${random.pick(handshakes)}`
        : random.pick([validHandshake, '40', '44{"message":"x"}', '44']),
    ),
  answer: (random) => {
    const values = random.chance(0.5) ? random.pick(answers) : `[${hostileValue(random)}]`
    return one(`43${random.chance(0.5) ? ackId(random) : random.pick(badIds)}${values}`)
  },
  unknown_event: (random) =>
    one(eventOf(ackId(random), random.chance(0.05) ? longName : random.pick(eventNames), hostileValue(random))),
  no_ack: (random, target) => one(validCommand(random, target).replace(/^42\d+/, '42')),
  ack_id: (random, target) => one(validCommand(random, target).replace(/^42\d+/, () => `42${random.pick(badIds)}`)),
  namespace: (random, target) => {
    const packet = random.pick([validCommand(random, target), validHandshake, '41'])
    const namespace = random.chance(0.1) ? longNamespace : random.pick(namespaces)
    return one(packet.replace(/^4\d/, (type) => type + namespace))
  },
  attachments: (random, { roomId }) => {
    const placeholder = `{"_placeholder":true,"num":${random.pick(placeholderNumbers)}}`
    const event = `["send_message",{"roomId":"${roomId}","text":${placeholder}}]`
    const header = `4${random.pick(['5', '6'])}${random.pick(attachmentCounts)}-${ackId(random)}${event}`
    return [text(header), ...Array.from({ length: random.between(0, 2) }, () => binary(randomBytes(random, 50)))]
  },
}
