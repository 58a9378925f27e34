import type { ServerUrl } from '#shared/address'
import type { SessionToken } from '#shared/protocol/ids'
import type { Saved } from './saved'

export interface Sessions {
  known: (server: ServerUrl) => SessionToken | undefined
  /** Made on first need, before it is first sent: a lost answer to the first join must not make two people of one. */
  of: (server: ServerUrl) => SessionToken
  keep: (server: ServerUrl, session: SessionToken) => void
}

/** Who this person is, per server. Held in memory too, for a device that cannot keep them. */
export function createSessions(saved: Saved): Sessions {
  const held = new Map<ServerUrl, SessionToken>()
  const known = (server: ServerUrl) => saved.session(server) ?? held.get(server)

  function keep(server: ServerUrl, session: SessionToken) {
    if (known(server) === session) return
    held.set(server, session)
    saved.keepSession(server, session)
  }

  return {
    known,
    keep,
    of(server) {
      const session = known(server) ?? newToken()
      keep(server, session)
      return session
    },
  }
}

const newToken = () => base64Url(crypto.getRandomValues(new Uint8Array(32))) as SessionToken

const base64Url = (bytes: Uint8Array) =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
