import { parseArgs } from 'node:util'
import { measureFanout, type FanoutFigure } from './measure-fanout'
import { measureIdle } from './measure-idle'
import { measureJoinStorm } from './measure-join-storm'
import { fullPlan, quickPlan } from './plan'
import { bundleServers } from './processes/bundle-servers'
import { createStartServer } from './processes/server-process'
import { fanoutRow, heading, idleRow, joinStormRow } from './table'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    profile: { type: 'string' },
  },
})
const plan = options.quick ? quickPlan : fullPlan
const print = (line: string) => process.stdout.write(`${line}\n`)
const start = createStartServer(await bundleServers(), options.profile)

print(heading('server CPU-µs per delivery'))
const fanout: FanoutFigure[] = []
await measureFanout(start, plan, (figures) => {
  fanout.push(...figures)
  for (const figure of figures) print(fanoutRow(figure))
})

print(heading('server CPU-ms of a join storm'))
const joinStorm = await measureJoinStorm(start, plan)
for (const figure of joinStorm) print(joinStormRow(figure))

print(heading('resident bytes per idle connection'))
const idle = await measureIdle(start, plan)
for (const figure of idle) print(idleRow(figure))

if (options.json) print(JSON.stringify({ fanout, joinStorm, idle }))
