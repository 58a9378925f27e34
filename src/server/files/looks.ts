import type { FileLooks, FileType } from '#shared/protocol/files'

export interface Measures {
  width: number
  height: number
}

/** What is told of a file: of what the sender said only what fits its type, and an image's size as it was measured. */
export function looksOf(type: FileType, said: FileLooks, measures?: Measures): FileLooks {
  const { width, height, preview, durationMs, waveform } = said
  if (type.startsWith('image/')) return defined({ ...measures, preview })
  if (type.startsWith('video/')) return defined({ width, height, preview, durationMs })
  if (type.startsWith('audio/')) return defined({ durationMs, waveform })
  return {}
}

const defined = (looks: { [Name in keyof FileLooks]?: FileLooks[Name] | undefined }): FileLooks =>
  Object.fromEntries(Object.entries(looks).filter(([, value]) => value !== undefined))
