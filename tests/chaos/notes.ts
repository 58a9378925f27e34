/** Counts what went wrong, and says the first few. */
export interface Notes {
  add: (words: string) => void
  count: () => number
  all: () => readonly string[]
}

const mostSaid = 20

export function createNotes(kind: string, say: (line: string) => void): Notes {
  const notes: string[] = []
  return {
    add(words) {
      notes.push(words)
      if (notes.length <= mostSaid) say(`${kind}: ${words}`)
    },
    count: () => notes.length,
    all: () => notes,
  }
}
