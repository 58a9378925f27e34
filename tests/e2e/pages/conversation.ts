import { expect } from '@playwright/test'
import type { Said } from './read-log'
import type { RoomPage } from './room-page'

export const lines = (who: string, about: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${who} ${about} ${index + 1}`)

export async function sendAll(room: RoomPage, texts: readonly string[]) {
  for (const text of texts) await room.send(text)
}

/** Waits until all pages show the same conversation with nothing left to send, and returns it. */
export async function sameEverywhere(rooms: readonly RoomPage[], count: number): Promise<Said[]> {
  for (const room of rooms) await expect(room.waiting).toHaveCount(0, { timeout: 60_000 })
  const transcripts: Said[][] = []
  for (const room of rooms) transcripts.push(await room.transcript())
  const [first = [], ...others] = transcripts
  for (const other of others) expect(other).toEqual(first)
  expect(first).toHaveLength(count)
  return first
}

export const saidBy = (transcript: readonly Said[], name: string) =>
  transcript.filter(({ by }) => by === name).map(({ text }) => text)
