import { createCrew } from './crew'
import type { Answer, HonestCalls, Question } from './honest-calls'
import { visit } from './newcomer'

/** The honest people, in a process of their own that answers whoever forked it. */
const crew = createCrew()
const calls: HonestCalls = {
  enter: crew.enter,
  look: crew.look,
  newcomer: (url) => visit(url, crew.roomId()),
  leave: crew.leave,
}

process.on('message', (question: Question) => {
  void answer(question)
})
process.once('disconnect', () => process.exit(0))

async function answer({ id, call, url }: Question) {
  const answered: Answer = await calls[call](url).then(
    (value) => ({ id, value }),
    (error: unknown) => ({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
  process.send?.(answered)
}
