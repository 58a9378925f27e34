/** Runs what is given under one key one after the other, whether or not the one before went well. */
export type Turns<Key> = <Value>(key: Key, run: () => Promise<Value>) => Promise<Value>

export function createTurns<Key>(): Turns<Key> {
  const last = new Map<Key, Promise<unknown>>()

  return (key, run) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(run, run)
    last.set(key, turn)
    const forget = () => {
      if (last.get(key) === turn) last.delete(key)
    }
    turn.then(forget, forget)
    return turn
  }
}
