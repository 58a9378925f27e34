import * as v from 'valibot'
import { ErrorCode, WireError } from '#shared/protocol/errors'

const Refused = v.strictObject({ ok: v.literal(false), error: v.strictObject(WireError.entries) })
const Turned = v.object({ message: v.string(), data: v.object({ code: ErrorCode }) })

/** What one frame from the server says about the packet just sent. */
export type Answer = 'refused' | 'accepted' | 'untyped'

/** Undefined for what is no answer: pings and announcements. */
export function readAnswer(frame: string, ackId: string | undefined): Answer | undefined {
  const ack = /^43([^[]*)(\[.*)$/s.exec(frame)
  if (ack) return ackId !== undefined && ack[1] !== ackId ? 'untyped' : readReply(ack[2]!)
  if (/^44/.test(frame))
    return v.safeParse(Turned, readJson(frame.replace(/^44(\/[^,]*,)?/, ''))).success ? 'refused' : 'untyped'
  if (/^40/.test(frame)) return 'accepted'
  return undefined
}

/** The id the answer must carry; undefined when the packet has none that a number can hold. */
export function ackIdOf(body: string | Buffer): string | undefined {
  const digits = /^42(\d{1,15})\[/.exec(body.toString())?.[1]
  return digits === undefined ? undefined : String(Number(digits))
}

function readReply(json: string): Answer {
  const replies = readJson(json)
  const [reply] = Array.isArray(replies) && replies.length === 1 ? (replies as unknown[]) : []
  if (v.safeParse(Refused, reply).success) return 'refused'
  return v.safeParse(v.object({ ok: v.literal(true) }), reply).success ? 'accepted' : 'untyped'
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
