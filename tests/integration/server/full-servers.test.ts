import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openParlor } from '../../support/open-parlor'
import { upgradeHead } from '../../support/raw-http'
import { openRawPerson } from '../../support/raw-socket'

const places = 40

/** A connection that enters no room, and whether it is still there. */
async function takePlace(port: number, localAddress: string) {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.on('error', () => undefined)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.resume()
  socket.write(upgradeHead([`Host: 127.0.0.1:${port}`]))
  await once(socket, 'data')
  return socket
}

const isOpen = (socket: Socket) => !socket.destroyed

test('where two addresses have taken all places, who never joined makes way for people from elsewhere', async () => {
  const parlor = await openParlor({ limits: { connections: places, connectionsPerAddress: places / 2 } })
  const { port } = parlor.server
  const ada = await parlor.host('ada')
  const idle: Socket[] = []
  for (const from of ['127.0.0.2', '127.0.0.3'])
    for (let n = 0; n < places / 2; n++) if (idle.length < places - 1) idle.push(await takePlace(port, from))
  const hello = { protocol: 1, client: 'raw/1' }
  const grace = await openRawPerson(parlor.url, hello, '127.0.0.4')
  grace.send(`420["join_room",${JSON.stringify({ roomId: ada.roomId, name: 'grace' })}]`)

  expect(await grace.next('430[')).toContain('"ok":true')
  await expect.poll(() => idle.filter(isOpen).length).toBe(places - 2)
  expect(isOpen(idle[0] as Socket)).toBe(false)
  expect((await parlor.join('linus')).entry.you.name).toBe('linus')
})

test('who has joined keeps their place, however full it becomes', async () => {
  const parlor = await openParlor({ limits: { connections: 3 } })
  const [ada, grace, linus] = [await parlor.host('ada'), await parlor.join('grace'), await parlor.join('linus')]

  await expect(openRawPerson(parlor.url, { protocol: 1, client: 'raw/1' }, '127.0.0.4')).rejects.toThrow()
  for (const one of [ada, grace, linus]) expect(one.socket.connected).toBe(true)
})
