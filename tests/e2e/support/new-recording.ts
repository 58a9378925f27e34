const rate = 44_100
const headBytes = 44

/** A WAV file of a hum: 16 bits, one channel, about 5 MB a minute. */
export function newRecording(seconds: number): Buffer {
  const samples = rate * seconds
  const file = Buffer.alloc(headBytes + samples * 2)
  file.write('RIFF', 0)
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(rate * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(samples * 2, 40)
  for (let sample = 0; sample < samples; sample++) {
    file.writeInt16LE(Math.round(3_000 * Math.sin(sample / 20)), headBytes + sample * 2)
  }
  return file
}
