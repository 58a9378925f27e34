import { randomUUID } from 'node:crypto'
import type { Attack } from '../attack-shape'
import { pour, request } from './pipelining'

export const pipelinedHeads: Attack = {
  name: 'pipelined-heads',
  strength: 'eight connections ask after uploads that are not theirs, as fast as they can',
  async run(stage) {
    const from = stage.address()
    const flood = async () => {
      const end = performance.now() + stage.lastsMs
      while (performance.now() < end) {
        const socket = await stage.tcp(from)
        socket.resume()
        const asked = Array.from({ length: 500 }, () => request(stage, 'HEAD', `/uploads/${randomUUID()}`))
        await pour(stage, socket, Buffer.from(asked.join('')))
        socket.destroy()
      }
    }
    await Promise.all(Array.from({ length: 8 }, flood))
  },
  weak: { server: 'naive', breaks: ['honest', 'memory'] },
}
