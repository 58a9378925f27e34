import type { Random } from '../random'

/** How far a connection has come: WebSocket open, namespace connected, or in a room. */
export type Phase = 'opened' | 'connected' | 'joined'

/** Bytes in a text frame may be invalid UTF-8. */
export interface Frame {
  body: string | Buffer
  binary: boolean
}

/** What is sent at once and must be answered once: one frame, or a header with its attachments. */
export interface Packet {
  family: string
  frames: readonly Frame[]
}

/** What a packet may be aimed at. */
export interface Target {
  roomId: string
  phase: Phase
}

export const text = (body: string | Buffer): Frame => ({ body, binary: false })
export const binary = (body: Buffer): Frame => ({ body, binary: true })
export const one = (body: string | Buffer): readonly Frame[] => [text(body)]

/** One way for a packet to be wrong. */
export type Family = (random: Random, target: Target) => readonly Frame[]
