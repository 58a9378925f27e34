/** What the benchmark may ask the process of a server. */
export type Question = 'cpuUs' | 'rssBytes' | 'stop'

/** Tells the parent process where this server listens, then answers its questions. */
export function answerParent(port: number, close: () => Promise<void>): void {
  const answers: Record<Question, () => number | Promise<number>> = {
    cpuUs: () => {
      const { user, system } = process.cpuUsage()
      return user + system
    },
    rssBytes: () => {
      globalThis.gc?.()
      return process.memoryUsage.rss()
    },
    stop: async () => {
      await close()
      process.disconnect()
      return 0
    },
  }
  process.on('message', (question: Question) => void answer(question))
  process.on('disconnect', () => process.exit())
  process.send?.(port)

  async function answer(question: Question) {
    const value = await answers[question]()
    if (process.connected) process.send?.(value)
  }
}
