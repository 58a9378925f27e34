import type { Rectangle } from 'electron'

/** Where a window was. Without x and y the system places it. */
export interface WindowPlace {
  bounds: { width: number; height: number; x?: number; y?: number }
  isMaximized: boolean
}

const usual: WindowPlace = { bounds: { width: 1100, height: 760 }, isMaximized: false }

// Enough of the title bar to take hold of.
const grip = { width: 120, height: 40 }

/** The remembered place if it still makes sense on today's displays, else as much of it as does. */
export function fittingPlace(
  remembered: WindowPlace | undefined,
  workAreas: readonly Rectangle[],
  least: { width: number; height: number },
): WindowPlace {
  const { bounds, isMaximized } = remembered ?? usual
  const largest = {
    width: Math.max(least.width, ...workAreas.map((area) => area.width)),
    height: Math.max(least.height, ...workAreas.map((area) => area.height)),
  }
  const width = between(least.width, bounds.width, largest.width)
  const height = between(least.height, bounds.height, largest.height)
  const { x, y } = bounds
  const isVisible =
    x !== undefined && y !== undefined && workAreas.some((area) => canBeGripped({ x, y, width, height }, area))
  return { bounds: isVisible ? { x, y, width, height } : { width, height }, isMaximized }
}

function canBeGripped(window: Rectangle, area: Rectangle): boolean {
  const overlap = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return overlap >= grip.width && window.y >= area.y && window.y + grip.height <= area.y + area.height
}

const between = (least: number, wanted: number, most: number): number =>
  Math.round(Math.min(Math.max(least, wanted), most))
