import type { HonestFigures } from './figures'

/** What the process of the honest people is asked: it is another than the attackers', whose work would slow them. */
export interface HonestCalls {
  /** A room with people who talk until they leave; its code. */
  enter: (url: string) => Promise<string>
  /** Of what was said since the last look. */
  look: () => Promise<HonestFigures>
  /** Somebody new loads the page, joins and leaves; the milliseconds until they were in, or why they did not get in. */
  newcomer: (url: string) => Promise<number | string>
  leave: () => Promise<void>
}

export interface Question {
  id: number
  call: keyof HonestCalls
  url: string
}

export interface Answer {
  id: number
  value?: unknown
  error?: string
}
