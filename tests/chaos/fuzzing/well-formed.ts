import * as v from 'valibot'
import { commands, Handshake, type CommandName } from '#shared/protocol/contract'
import type { Frame, Packet, Phase } from './packet'

/**
 * Whether a packet is one the protocol allows, so that no refusal is due: a pong, a farewell, and every command or
 * handshake that may succeed.
 */
export function wellFormed({ frames }: Packet, phase: Phase): boolean {
  const [frame] = frames
  if (frames.length !== 1 || !frame || frame.binary) return false
  const body = readText(frame)
  if (body === undefined) return false

  if (body.startsWith('3')) return true
  if (phase === 'opened') return isHandshake(body)
  if (/^41(\/|\/,)?$/.test(body)) return true
  return isCommand(body)
}

function isHandshake(body: string): boolean {
  const json = /^40(?:\/,)?(\{.*)$/s.exec(body)?.[1]
  const auth = json === undefined ? undefined : readJson(json)
  return v.safeParse(Handshake, auth).success && !hasForbiddenKey(auth)
}

// Socket.IO reads white space as a digit of the ack id.
function isCommand(body: string): boolean {
  const json = /^42(?:\/,)?[\d\s]+(\[.*)$/s.exec(body)?.[1]
  const event = json === undefined ? undefined : readJson(json)
  if (!Array.isArray(event) || event.length !== 2) return false
  const [name, input] = event as [unknown, unknown]
  if (typeof name !== 'string' || !Object.hasOwn(commands, name)) return false
  return v.safeParse(commands[name as CommandName].input, input).success && !hasForbiddenKey(input)
}

function hasForbiddenKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(
    ([key, inner]) => ['__proto__', 'constructor', 'prototype'].includes(key) || hasForbiddenKey(inner),
  )
}

function readText({ body }: Frame): string | undefined {
  if (typeof body === 'string') return body
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return undefined
  }
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
