import { upgradeHead } from '../../support/raw-http'
import { heardOrClosed } from '../../support/socket-ends'
import { limitTable } from '../../../src/server/limits'
import type { Attack } from '../attack-shape'

/** A line a minute for each kind of refusal, and what newcomers are worth. */
const mostBytesPerMinute = 10_000
const leastBytes = 5_000
const lanes = 20
/** Enough for some of them to be refused. */
const least = limitTable.newConnectionsPerMinute.standard + 300

/** Whoever is refused must not be able to fill the disk with being refused. */
export const refusalLog: Attack = {
  name: 'refusal-log',
  strength: `${lanes} connections at a time of one address, refused as fast as they come`,
  async run(stage) {
    const [from, before, begunAt] = [stage.address(), stage.printedBytes(), performance.now()]
    const head = upgradeHead([`Host: 127.0.0.1:${stage.port}`])
    let [tried, refused] = [0, 0]
    const lane = async () => {
      while (performance.now() - begunAt < stage.lastsMs || tried < least) {
        tried++
        const socket = await stage.tcp(from)
        if (socket.destroyed) continue
        socket.write(head)
        await heardOrClosed(socket, 'data')
        socket.destroy()
        refused++
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    const minutes = (performance.now() - begunAt) / 60_000
    const printed = stage.printedBytes() - before
    const most = leastBytes + mostBytesPerMinute * minutes
    stage.mustHold(refused > least / 2, `only ${refused} were refused`)
    stage.mustHold(printed <= most, `${printed} bytes of log for ${refused} refusals`)
  },
  weak: { server: 'naive', breaks: ['own'] },
}
