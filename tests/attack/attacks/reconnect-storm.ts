import type { Attack } from '../attack-shape'

const lanes = 50
const addresses = 10

/** Connecting costs the server more than it costs whoever connects. */
export const reconnectStorm: Attack = {
  name: 'reconnect-storm',
  strength: `${lanes} clients of ${addresses} addresses connect, are cut and come again at once`,
  async run(stage) {
    const from = Array.from({ length: addresses }, () => stage.address())
    const end = performance.now() + stage.lastsMs
    const lane = async (_: unknown, at: number) => {
      while (performance.now() < end) {
        const visitor = await stage.visitor(from[at % addresses] ?? '').catch(() => undefined)
        visitor?.ws.terminate()
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
  },
  weak: { server: 'naive', breaks: ['honest'] },
}
