import type { IncomingMessage } from 'node:http'
import type { MemberId } from '#shared/protocol/ids'
import type { AddressKey } from '../budgets/address-key'
import { createTokenBuckets } from '../budgets/token-bucket'
import { sessionHash } from '../session'
import type { Store } from '../store/store'

/** Who is sending. Asking for what is nobody's has its budget, and beyond it costs no look into the store. */
export interface Senders {
  /** This session has just announced a file: it is looked up whatever others do from its address. */
  expect: (session: string) => void
  /** The member, or the status to refuse with. */
  of: (request: IncomingMessage) => Promise<MemberId | 401 | 429>
  /** Whether this member may ask for a file at all. */
  mayAsk: (memberId: MemberId) => boolean
  /** This member asked for a file that is not theirs. */
  missed: (memberId: MemberId) => void
}

export interface SendersOptions {
  store: Pick<Store, 'findPerson'>
  addressKey: AddressKey
  burst: number
  perSecond: number
}

const mostExpected = 10_000

export function createSenders({ store, addressKey, burst, perSecond }: SendersOptions): Senders {
  const failures = createTokenBuckets({ burst, perSecond })
  const expected = new Set<string>()
  const find = async (hash: string) => (await store.findPerson(hash))?.memberId

  return {
    expect(session) {
      // Forgetting all is rare and harms nobody.
      if (expected.size >= mostExpected) expected.clear()
      expected.add(sessionHash(session))
    },
    async of({ headers, socket }) {
      const address = addressKey(socket.remoteAddress)
      const [, session] = /^Bearer ([\w-]{43})$/.exec(headers.authorization ?? '') ?? []
      const hash = session === undefined ? undefined : sessionHash(session)
      if (hash !== undefined && expected.has(hash)) return (await find(hash)) ?? 401
      // Taken before the look and given back after it, so that many at once count as well.
      if (failures.take(address) > 0) return 429
      const memberId = hash === undefined ? undefined : await find(hash)
      if (memberId === undefined) return 401
      failures.giveBack(address)
      return memberId
    },
    mayAsk: (memberId) => failures.left(memberId) >= 1,
    missed: failures.owe,
  }
}
