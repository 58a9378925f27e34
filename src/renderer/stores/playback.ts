import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ClientReply } from '#shared/bridge'
import type { FileId } from '#shared/protocol/ids'

/** What is to be heard. `url` is asked for when it is played, and again when the address has ended. */
export interface Sound {
  readonly fileId: FileId
  readonly durationMs?: number
  readonly url: () => Promise<ClientReply<{ url: string }>>
}

const rates = [1, 1.5, 2] as const
const noSound = { fileId: undefined, isPlaying: false, atMs: 0, durationMs: 0 }

/** The one recording that plays; it plays on while its message is scrolled away. */
export const usePlayback = defineStore('playback', () => {
  const audio = shallowRef<HTMLAudioElement>()
  const sound = shallowRef<Sound>()
  const [isPlaying, atMs, durationMs, hasFailed, rate] = [ref(false), ref(0), ref(0), ref(false), ref<number>(rates[0])]
  const current = computed(() => ({
    fileId: sound.value?.fileId,
    isPlaying: isPlaying.value,
    atMs: atMs.value,
    durationMs: durationMs.value,
    hasFailed: hasFailed.value,
  }))

  const of = (fileId: FileId) => (current.value.fileId === fileId ? current.value : { ...noSound, hasFailed: false })

  function stop() {
    audio.value?.pause()
    audio.value?.removeAttribute('src')
    audio.value?.load()
    sound.value = undefined
    isPlaying.value = false
  }

  function follow(element: HTMLAudioElement) {
    element.ontimeupdate = () => void (atMs.value = element.currentTime * 1_000)
    element.onplay = () => void (isPlaying.value = true)
    element.onpause = () => void (isPlaying.value = false)
    element.onended = () => void ((isPlaying.value = false), (atMs.value = 0))
    element.onerror = () => void (hasFailed.value = element.src !== '')
    // Recorders write no length; the sender's word stands then.
    element.ondurationchange = () => {
      if (Number.isFinite(element.duration)) durationMs.value = element.duration * 1_000
    }
    return element
  }

  async function load(wanted: Sound, fromMs: number) {
    audio.value ??= follow(new Audio())
    audio.value.pause()
    sound.value = wanted
    atMs.value = fromMs
    durationMs.value = wanted.durationMs ?? 0
    hasFailed.value = false
    const reply = await wanted.url()
    if (sound.value !== wanted) return
    if (!reply.ok) return void (hasFailed.value = true)
    audio.value.src = reply.value.url
    audio.value.currentTime = fromMs / 1_000
  }

  async function play(wanted: Sound) {
    const isAnother = sound.value?.fileId !== wanted.fileId
    if (isAnother || hasFailed.value) await load(wanted, isAnother ? 0 : atMs.value)
    if (await starts()) return
    // The address has ended since.
    if (sound.value) await load(sound.value, atMs.value)
    hasFailed.value = !(await starts())
  }

  async function starts(): Promise<boolean> {
    const element = audio.value
    if (!element || hasFailed.value || !element.src) return false
    element.playbackRate = rate.value
    try {
      await element.play()
    } catch (error) {
      // Paused before it began.
      return error instanceof DOMException && error.name === 'AbortError'
    }
    return true
  }

  const pause = () => audio.value?.pause()
  function seek(ms: number) {
    atMs.value = ms
    if (audio.value) audio.value.currentTime = ms / 1_000
  }
  function nextRate() {
    rate.value = rates[(rates.findIndex((one) => one === rate.value) + 1) % rates.length] ?? rates[0]
    if (audio.value) audio.value.playbackRate = rate.value
  }

  return { of, rate, play, pause, seek, nextRate, stop }
})
