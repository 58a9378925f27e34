import { rmSync } from 'node:fs'
import { readOptions, runCommand, wholeNumber } from '../chaos/command-line'
import { sendAgain, sendCutAndResumed } from './large-file/acts'
import { spreadOf } from './large-file/conversation'
import { makeLargeFile } from './large-file/make-large-file'
import { openScene } from './large-file/scene'

// A large file in the real app, killed on the way: npm run trial:large-file -- --megabytes 1000 --json
const onePiece = 1_048_576
const leastResumedAt = 0.39
const mostSecondShare = 0.01
const mostGrowthMiB = 128
const seed = 7

await runCommand(async () => {
  const { json, values } = readOptions(['megabytes'])
  const megabytes = wholeNumber('megabytes', values.megabytes, 1_000)
  const print = (line: string) => json || process.stdout.write(`${line}\n`)
  const startedAt = Date.now()
  print(`Writing ${megabytes} MB…`)
  const file = await makeLargeFile('film.bin', megabytes, seed)
  const scene = await openScene(file.size)
  try {
    const first = await sendCutAndResumed(scene, file, print)
    const second = await sendAgain(scene, file)
    const promises = {
      'the upload goes on from where the server stood': first.resumedAt >= first.cutAt - onePiece / file.size,
      'at most one piece is sent twice': first.resentShare * file.size <= onePiece,
      'the upload goes on from 39 % at least': first.resumedAt >= leastResumedAt,
      'the file arrives as it was sent': first.sha256Matches && second.sha256Matches,
      'the second person sends less than 1 % of it': second.share < mostSecondShare,
      [`the app takes less than ${mostGrowthMiB} MiB for it`]:
        first.peakMiB.untilCut.main - first.peakMiB.idle.main < mostGrowthMiB,
      'nobody reports a bug': scene.reported().length === 0,
    }
    for (const problem of scene.reported()) process.stderr.write(`${problem}\n`)
    const { sha256Matches, delays, ...measured } = first
    return {
      summary: {
        megabytes,
        ...measured,
        sha256Matches: sha256Matches && second.sha256Matches,
        secondShare: second.share,
        delays: Object.fromEntries(
          Object.entries(delays).map(([when, { sent, shown }]) => [
            when,
            { sent: spreadOf(sent), shown: spreadOf(shown) },
          ]),
        ),
        seconds: Math.round((Date.now() - startedAt) / 1_000),
      },
      broken: Object.entries(promises).flatMap(([promise, isKept]) => (isKept ? [] : promise)),
    }
  } finally {
    await scene.close()
    rmSync(file.dir, { recursive: true, force: true })
  }
})
