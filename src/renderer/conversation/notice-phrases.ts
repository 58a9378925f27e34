import type { Movement, Notice } from './condense-notices'

const order: readonly Movement[] = ['joined', 'returned', 'disconnected', 'left']

export interface Phrase {
  readonly movement: Movement
  readonly names: readonly string[]
}

/** What one notice line says: each kind of movement once, with everybody who made it. */
export const noticePhrases = ({ moved }: Notice): readonly Phrase[] =>
  order
    .map((movement) => ({ movement, names: moved.filter((one) => one.movement === movement).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0)
