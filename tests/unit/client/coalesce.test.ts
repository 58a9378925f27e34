import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MessageChange, RoomKey } from '#shared/bridge'
import type { ClientStorage } from '../../../src/client/door'
import { createOutbox, type Outbox } from '../../../src/client/outbox'
import { isChange, type QueuedChange } from '../../../src/client/queued'
import { openSaved } from '../../../src/client/saved'
import { message } from './messages'

const key = 'http://192.168.1.5:4545/ABC234' as RoomKey

type Step =
  | { do: 'toggle'; what: '👍' | '🎉' | 'pin' }
  | { do: 'edit'; text: string }
  | { do: 'delete' }
  | { do: 'ask' }
  | { do: 'answer' | 'lose the answer' | 'lose the question' }
  | { do: 'restart' }

const always = <One extends Step['do']>(what: One) => fc.constant({ do: what })
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('toggle' as const), what: fc.constantFrom('👍', '🎉', 'pin') }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('edit' as const), text: fc.constantFrom('a', 'b', 'c') }) },
  { weight: 1, arbitrary: always('delete') },
  { weight: 6, arbitrary: always('ask') },
  { weight: 4, arbitrary: fc.oneof(always('answer'), always('lose the answer'), always('lose the question')) },
  { weight: 1, arbitrary: always('restart') },
)

interface State {
  text: string
  on: ReadonlySet<string>
}
const deleted = 'deleted'

function apply(state: State, change: MessageChange): State {
  const toggled = (what: string, isOn: boolean) => ({
    ...state,
    on: new Set([...state.on].filter((other) => other !== what).concat(isOn ? [what] : [])),
  })
  switch (change.kind) {
    case 'edit':
      return state.text === deleted ? state : { ...state, text: change.text }
    case 'delete':
      return { ...state, text: deleted }
    case 'react':
    case 'unreact':
      return toggled(change.emoji, change.kind === 'react')
    case 'pin':
    case 'unpin':
      return toggled('pin', change.kind === 'pin')
  }
}

const toggle = (what: '👍' | '🎉' | 'pin', isOn: boolean): MessageChange =>
  what === 'pin' ? { kind: isOn ? 'unpin' : 'pin' } : { kind: isOn ? 'unreact' : 'react', emoji: what }

const plain = ({ text, on }: State) => ({ text, on: [...on].toSorted() })

test('whatever is coalesced, lost or asked twice, the message ends as it was wanted', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let kept: unknown
      const storage: ClientStorage = {
        read: () => structuredClone(kept),
        write: (_, value) => void (kept = structuredClone(value)),
      }
      const fail = (error: unknown) => expect.fail(String(error))
      const open = () => createOutbox(key, { saved: openSaved(storage, fail), forgetFiles: fail, report: fail })
      let outbox: Outbox = open()
      let [wanted, server]: [State, State] = [
        { text: '', on: new Set() },
        { text: '', on: new Set() },
      ]
      let rev = 1
      let flight: { queued: QueuedChange; end: () => void } | undefined

      const want = (change: MessageChange) => {
        if (outbox.addChange(1, change) === undefined) wanted = apply(wanted, change)
      }
      const ask = () => {
        const queued = flight ? undefined : outbox.next()
        if (queued && isChange(queued)) flight = { queued, end: outbox.ask(queued.clientKey) }
      }
      const land = (how: Step['do']) => {
        if (!flight) return
        const { queued, end } = flight
        flight = undefined
        if (how !== 'lose the question') server = apply(server, queued.change)
        if (how === 'answer') {
          outbox.acknowledge(queued.clientKey, message(1, ++rev))
          outbox.settleAcknowledged(rev)
        }
        end()
      }

      for (const one of steps) {
        if (one.do === 'toggle') want(toggle(one.what, wanted.on.has(one.what)))
        else if (one.do === 'edit' || one.do === 'delete') {
          if (wanted.text !== deleted) want(one.do === 'edit' ? { kind: 'edit', text: one.text } : { kind: 'delete' })
        } else if (one.do === 'ask') ask()
        else if (one.do === 'restart') {
          land('lose the answer')
          outbox = open()
        } else land(one.do)
        expect(outbox.changes().length).toBeLessThanOrEqual(5)
      }
      for (let left = 20; left > 0 && (flight || outbox.next()); left--) {
        ask()
        land('answer')
      }

      expect(plain(server)).toEqual(plain(wanted))
      expect([outbox.isEmpty(), kept]).toEqual([true, undefined])
    }),
    { numRuns: 400 },
  )
})
