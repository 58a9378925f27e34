import type { FileLooks } from '#shared/protocol/files'
import { barsOf, loudness } from './waveform'

export interface Recorded {
  readonly bytes: Blob
  readonly looks: FileLooks
}
export interface Recording {
  readonly stop: () => Promise<Recorded>
  readonly cancel: () => void
}

const types = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus']
const bitsPerSecond = 32_000
const levelEveryMs = 50
const pieceMs = 1_000

/** Records the microphone until it is stopped; `heard` is told how loud it is, from 0 to 1. */
export async function startRecording(
  devices: MediaDevices,
  heard: (level: number, elapsedMs: number) => void,
): Promise<Recording> {
  const stream = await devices.getUserMedia({ audio: true })
  try {
    return record(stream, heard)
  } catch (error) {
    release(stream)
    throw error
  }
}

function record(stream: MediaStream, heard: (level: number, elapsedMs: number) => void): Recording {
  const type = types.find((one) => MediaRecorder.isTypeSupported(one))
  const recorder = new MediaRecorder(stream, { audioBitsPerSecond: bitsPerSecond, ...(type && { mimeType: type }) })
  const [pieces, levels, startedAt]: [Blob[], number[], number] = [[], [], performance.now()]
  const elapsedMs = () => Math.round(performance.now() - startedAt)
  const closeMeter = openMeter(stream, (level) => {
    levels.push(level)
    heard(level, elapsedMs())
  })

  function close() {
    closeMeter()
    release(stream)
  }
  recorder.addEventListener('dataavailable', ({ data }) => pieces.push(data))
  recorder.start(pieceMs)
  return {
    // The recorder ends with the last of its tracks.
    cancel: close,
    async stop() {
      const durationMs = elapsedMs()
      await stopped(recorder)
      close()
      return { bytes: new Blob(pieces, { type: recorder.mimeType }), looks: { durationMs, waveform: barsOf(levels) } }
    },
  }
}

function openMeter(stream: MediaStream, heard: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    analyser.getFloatTimeDomainData(samples)
    heard(loudness(samples))
  }, levelEveryMs)
  return () => {
    clearInterval(timer)
    void context.close()
  }
}

/** The microphone is off, and the browser no longer shows that it is on. */
function release(stream: MediaStream) {
  for (const track of stream.getTracks()) track.stop()
}

const stopped = (recorder: MediaRecorder): Promise<void> =>
  new Promise((resolve) => {
    // A device that was taken away has stopped it already.
    if (recorder.state === 'inactive') resolve()
    else {
      recorder.addEventListener('stop', () => resolve(), { once: true })
      recorder.stop()
    }
  })
