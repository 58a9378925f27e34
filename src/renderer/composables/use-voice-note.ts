import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Recording } from '../files/record'
import { useTrays } from '../stores/trays'
import { voiceWords, type VoiceProblem } from '../text/files'
import { useCurrentRoom } from './use-current-room'

const longestMs = 10 * 60_000
const silence: readonly number[] = Array.from({ length: 48 }, () => 0)

/** Records a voice note for the room on screen. However it ends, short of cancelling, it lies in the tray. */
export function useVoiceNote(page: Window = window) {
  const [room, trays] = [useCurrentRoom(), useTrays()]
  const { key } = room.value
  const recording = shallowRef<Recording>()
  const [isStarting, elapsedMs, problem] = [ref(false), ref(0), ref<VoiceProblem | undefined>(unableIn(page))]
  const levels = shallowRef(silence)
  let isLeft = false

  function heard(level: number, elapsed: number) {
    elapsedMs.value = elapsed
    levels.value = [...levels.value.slice(1), level]
    if (elapsed >= longestMs) void stop()
  }

  async function start() {
    if (isStarting.value || recording.value || unableIn(page)) return
    problem.value = undefined
    isStarting.value = true
    levels.value = silence
    elapsedMs.value = 0
    try {
      const { startRecording } = await import('../files/record')
      const started = await startRecording(page.navigator.mediaDevices, heard)
      if (isLeft) started.cancel()
      else recording.value = started
    } catch (error) {
      problem.value = problemOf(error)
    }
    isStarting.value = false
  }

  async function stop() {
    const current = recording.value
    if (!current) return
    recording.value = undefined
    const { bytes, looks } = await current.stop()
    const extension = bytes.type.includes('mp4') ? 'm4a' : bytes.type.includes('ogg') ? 'ogg' : 'webm'
    if (bytes.size === 0) problem.value = 'failed'
    else trays.addVoice(key, bytes, `${voiceWords.name(stampOf(new Date()))}.${extension}`, looks)
  }
  function cancel() {
    recording.value?.cancel()
    recording.value = undefined
  }

  onScopeDispose(() => {
    isLeft = true
    void stop()
  })
  return { isRecording: computed(() => recording.value !== undefined), elapsedMs, levels, problem, start, stop, cancel }
}

function unableIn(page: Window): VoiceProblem | undefined {
  if (!page.isSecureContext) return 'insecure'
  return 'mediaDevices' in page.navigator && 'MediaRecorder' in page ? undefined : 'unsupported'
}

function problemOf(error: unknown): VoiceProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  return name === 'NotFoundError' ? 'missing' : 'failed'
}

const two = (part: number): string => String(part).padStart(2, '0')

/** `2026-03-03 10.41`, fit for a file's name. */
const stampOf = (at: Date): string =>
  `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}.${two(at.getMinutes())}`
