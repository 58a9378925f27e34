import type { ClientErrorCode } from '#shared/bridge'
import { limits } from '#shared/protocol/limits'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
const sizeFormats = units.map(
  (unit, power) =>
    new Intl.NumberFormat('en', {
      style: 'unit',
      unit,
      unitDisplay: power === 0 ? 'long' : 'short',
      maximumFractionDigits: power > 1 ? 1 : 0,
    }),
)

/** `1.4 MB`: as file managers count, a thousand to the step. */
export function sizeWords(bytes: number): string {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  return sizeFormats[power]?.format(bytes / 1_000 ** power) ?? ''
}

/** `0:07`, `12:34`, `1:02:03`. */
export function clockWords(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3_600)
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '')
}

export const fileWords = {
  photo: 'Picture',
  clip: 'Video',
  sound: 'Audio',
  voice: 'Voice note',
  more: (first: string, others: number) => `${first} and ${others} more`,
  files: 'Files',
  open: (name: string) => `Open ${name}`,
  openPicture: (size: string) => `Open picture · ${size}`,
  show: (name: string) => `Show ${name}`,
  play: (name: string) => `Play ${name}`,
  pause: (name: string) => `Pause ${name}`,
  save: (name: string) => `Save ${name}`,
  saved: 'File saved',
  expired: 'Expired: no longer kept',
  tooLarge: 'Too large to show here',
  damaged: 'Cannot be shown. You can save it.',
  notNow: 'Cannot be opened right now.',
  retry: 'Try again',
  moving: 'GIF',
  where: (name: string) => `Where ${name} is`,
  speed: (rate: number) => `Speed ${rate}×`,
}

export const trayWords = {
  label: 'Files to send',
  count: (n: number) => (n === 1 ? '1 file to send' : `${n} files to send`),
  attach: 'Add files',
  drop: (room: string) => `Drop to add to your message in ${room}`,
  remove: (name: string) => `Remove ${name}`,
  reading: 'Reading…',
  keeping: (percent: number) => `Getting ready… ${percent} %`,
  stop: 'Stop',
  tooMany: `A message takes ${limits.filesPerMessage} files at most. The others were left out.`,
  tooLarge: (name: string, most: string) => `${name} was left out: this server takes files up to ${most}.`,
  empty: (name: string) => `${name} was left out: it is empty, or a folder.`,
  dismiss: 'Dismiss',
}

export const uploadWords = {
  waiting: 'Waits for the connection',
  queued: 'Waits for its turn',
  sending: (sent: string, all: string) => `${sent} of ${all}`,
  paused: (sent: string, all: string) => `Paused at ${sent} of ${all}`,
  stored: 'On the server',
  progress: (name: string) => `Sending ${name}`,
  reached: (name: string, percent: number) => `${name}: ${percent} % sent`,
  pause: (name: string) => `Pause sending ${name}`,
  resume: (name: string) => `Go on sending ${name}`,
  cancel: (name: string) => `Do not send ${name}`,
}

/** Why a message with files was not sent, where that differs from one without. */
export const fileFailureWords: Readonly<Partial<Record<ClientErrorCode, string>>> = {
  too_large: 'Not sent: a file is larger than this server takes.',
  storage_full: 'Not sent: there is no space left for your files on this server.',
  not_kept: 'Not sent: this device no longer has the file.',
  conflict: 'Not sent: the file changed on the way.',
}

export const lightboxWords = {
  label: 'Pictures',
  place: (at: number, of: number) => `${at} of ${of}`,
  previous: 'Previous picture',
  next: 'Next picture',
  larger: 'Larger',
  smaller: 'Smaller',
  close: 'Close (Esc)',
}

export const voiceWords = {
  record: 'Record a voice note',
  recording: 'Recording',
  cancel: 'Throw the recording away',
  stop: 'Stop and listen',
  send: 'Send voice note',
  name: (time: string) => `Voice note ${time}`,
  insecure:
    'This browser gives the microphone only to pages that came over https. This room came over plain http, so record in the Parlor app instead.',
  unsupported: 'This browser cannot record sound. Use the Parlor app or another browser.',
  denied: 'The microphone is not allowed here. Allow it in the settings of the browser or the system and try again.',
  missing: 'No microphone was found. Connect one and try again.',
  failed: 'The microphone could not be used. Close other programs that use it and try again.',
}
export type VoiceProblem = 'insecure' | 'unsupported' | 'denied' | 'missing' | 'failed'
