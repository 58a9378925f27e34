import { commands, type CommandName } from '#shared/protocol/contract'
import type { Random } from '../random'
import type { Target } from './packet'

/** A command's fields, each as JSON text. */
export type Fields = Record<string, string>

export const commandNames = Object.keys(commands) as CommandName[]

export function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.between(0, 15).toString(16)).join('')
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-8$4-$5')
}

const ofMessage = (random: Random, { roomId }: Target): Fields => ({
  roomId: `"${roomId}"`,
  seq: String(random.between(1, 40)),
})
const ofFile = (random: Random, { roomId }: Target): Fields => ({
  roomId: `"${roomId}"`,
  fileId: `"${uuid(random)}"`,
})
const looks = ['{}', '{"width":4,"height":3}', '{"durationMs":900,"waveform":[0,50,100]}']
const hash = (random: Random) => uuid(random).replaceAll('-', '').repeat(2)
const emoji = (random: Random) => random.pick(['"👍"', '"❤️"', '"👩‍💻"', '"🇩🇪"'])

const fieldsOf: Record<CommandName, (random: Random, target: Target) => Fields> = {
  create_room: () => ({ name: '"Fuzz"', title: '"Lobby"', retention: '"forever"' }),
  join_room: (random, { roomId }) => ({ roomId: `"${roomId}"`, name: '"Fuzz"', since: String(random.between(0, 50)) }),
  leave_room: (_random, { roomId }) => ({ roomId: `"${roomId}"` }),
  close_room: (_random, { roomId }) => ({ roomId: `"${roomId}"` }),
  change_room: (_random, { roomId }) => ({ roomId: `"${roomId}"`, title: '"Hall"', retention: '{"days":7}' }),
  send_message: (random, { roomId }) => ({ roomId: `"${roomId}"`, clientKey: `"${uuid(random)}"`, text: '"hello"' }),
  add_file: (random, target) => ({
    ...ofFile(random, target),
    name: random.pick(['"notes.txt"', '"../../x"', '"\\u202egpj.exe"']),
    size: String(random.between(1, 30_000_000)),
    sha256: `"${hash(random)}"`,
    looks: random.pick(looks),
  }),
  drop_file: ofFile,
  open_file: ofFile,
  fetch_history: (random, { roomId }) => ({
    roomId: `"${roomId}"`,
    before: String(random.between(1, 99)),
    limit: '10',
  }),
  fetch_around: ofMessage,
  fetch_newer: (random, { roomId }) => ({ roomId: `"${roomId}"`, after: String(random.between(0, 99)) }),
  fetch_pinned: (_random, { roomId }) => ({ roomId: `"${roomId}"` }),
  edit_message: (random, target) => ({ ...ofMessage(random, target), text: '"other words"' }),
  delete_message: ofMessage,
  react: (random, target) => ({ ...ofMessage(random, target), emoji: emoji(random) }),
  unreact: (random, target) => ({ ...ofMessage(random, target), emoji: emoji(random) }),
  pin_message: (random, target) => ({ ...ofMessage(random, target), pinned: String(random.chance(0.5)) }),
  mark_read: (random, target) => ({ ...ofMessage(random, target), hidden: String(random.chance(0.5)) }),
  set_typing: (random, { roomId }) => ({ roomId: `"${roomId}"`, typing: String(random.chance(0.5)) }),
  search_messages: (random, { roomId }) => ({
    roomId: `"${roomId}"`,
    query: random.pick(['"hello"', '"from:canary hel"', '"before:2030-01-01 \\" OR *"']),
    limit: '10',
  }),
  open_direct: (random) => ({ memberId: `"${uuid(random)}"` }),
  fetch_members: (random, { roomId }) => ({ roomId: `"${roomId}"`, after: `"${uuid(random)}"` }),
  set_directs: (random) => ({ from: random.pick(['"everybody"', '"known"']) }),
  block_member: (random) => ({ memberId: `"${uuid(random)}"`, blocked: String(random.chance(0.5)) }),
}

export const validFields = (name: CommandName, random: Random, target: Target): Fields => fieldsOf[name](random, target)

export const objectOf = (fields: Fields): string =>
  `{${Object.entries(fields)
    .map(([key, value]) => `"${key}":${value}`)
    .join(',')}}`

/** `42<id>["name",arguments…]`; no id asks for no answer. */
export const eventOf = (id: string, name: string, ...inputs: readonly string[]): string =>
  `42${id}[${[name, ...inputs].join(',')}]`

/** A whole command as it should be sent. */
export function validCommand(random: Random, target: Target, name = random.pick(commandNames)): string {
  return eventOf(ackId(random), `"${name}"`, objectOf(validFields(name, random, target)))
}

export const ackId = (random: Random): string => String(random.between(0, 999_999))
export const validHandshake = '40{"protocol":1,"client":"fuzz/1.0"}'
