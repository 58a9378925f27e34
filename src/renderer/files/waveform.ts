import { limits } from '#shared/protocol/limits'

const loudest = 100
/** Speech into a laptop rarely fills the scale; what is quieter than this stays quiet. */
const leastPeak = 0.05

/** The loudness of a recording as few bars as a message may carry, its loudest moment at the top. */
export function barsOf(levels: readonly number[], most: number = limits.waveformBars): number[] {
  const count = Math.min(most, Math.max(1, levels.length))
  const peak = Math.max(leastPeak, ...levels)
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / count)
    const until = Math.max(from + 1, Math.floor(((bar + 1) * levels.length) / count))
    const level = Math.max(0, ...levels.slice(from, until))
    return Math.round(Math.min(1, level / peak) * loudest)
  })
}

/** How loud a stretch of samples is, from 0 to 1 (root mean square). */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.sqrt(sum / Math.max(1, samples.length))
}
