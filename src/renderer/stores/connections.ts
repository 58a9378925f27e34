import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { ServerUrl } from '#shared/address'
import type { Connection } from '#shared/bridge'
import { usePlatform } from '../composables/use-platform'

/** How each server is reached right now. */
export const useConnections = defineStore('connections', () => {
  const platform = usePlatform()
  const byServer = shallowReactive(new Map<ServerUrl, Connection>())

  const to = (server: ServerUrl): Connection | undefined => byServer.get(server)
  const receive = (connection: Connection) => void byServer.set(connection.server, connection)
  const retry = (server: ServerUrl) => platform.reconnect({ server })

  return { to, receive, retry }
})
