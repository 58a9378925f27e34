export interface Box {
  readonly width: number
  readonly height: number
}

/** The size of a picture that is made to fit, never enlarged. */
export function fitWithin({ width, height }: Box, most: Box): Box {
  const scale = Math.min(1, most.width / width, most.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
