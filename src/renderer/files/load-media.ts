import type { Box } from './fit-within'

/** What a recording says of itself; of a video its first picture too. */
export interface LoadedMedia {
  readonly durationMs?: number
  readonly size?: Box
  readonly element: HTMLVideoElement
}

const patienceMs = 4_000
/** Many videos begin in black. */
const pictureAtS = 0.5

/** Undefined where the browser cannot play it, or takes too long to find out. */
export async function loadMedia(url: string): Promise<LoadedMedia | undefined> {
  const element = document.createElement('video')
  element.muted = true
  element.preload = 'auto'
  element.src = url
  if (!(await happened(element, 'loadeddata'))) return undefined

  const { duration, videoWidth: width, videoHeight: height } = element
  const durationMs = Number.isFinite(duration) ? Math.round(duration * 1_000) : undefined
  if (width > 0 && duration > pictureAtS * 2) {
    element.currentTime = pictureAtS
    await happened(element, 'seeked')
  }
  return { element, ...(durationMs !== undefined && { durationMs }), ...(width > 0 && { size: { width, height } }) }
}

export function unloadMedia(element: HTMLVideoElement) {
  element.removeAttribute('src')
  element.load()
}

const happened = (element: HTMLVideoElement, name: 'loadeddata' | 'seeked'): Promise<boolean> =>
  new Promise((resolve) => {
    const limit = setTimeout(() => resolve(false), patienceMs)
    const settle = (is: boolean) => () => {
      clearTimeout(limit)
      resolve(is)
    }
    element.addEventListener(name, settle(true), { once: true })
    element.addEventListener('error', settle(false), { once: true })
  })
