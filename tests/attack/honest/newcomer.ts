import { get } from 'node:http'
import { connectRaw, valueOf } from '../../chaos/clients/raw-client'
import { within } from '../../chaos/waiting'

const patienceMs = 10_000
let visitors = 0

/** Loads the page and its script, joins the room and leaves it, from an address of its own. */
export async function visit(url: string, roomId: string): Promise<number | string> {
  const at = ++visitors
  const from = `127.2.${at >> 8}.${at & 0xff}`
  const begunAt = performance.now()
  try {
    await within(loadPage(url, from), patienceMs, 'the page')
    await join(url, from, { roomId, name: `Newcomer ${at}` })
    return Math.round(performance.now() - begunAt)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

async function loadPage(url: string, from: string): Promise<void> {
  const page = await read(`${url}/`, from)
  const script = /src="\.?(\/assets\/[^"]+\.js)"/.exec(page)?.[1]
  if (script === undefined) throw new Error('the page has no script')
  await read(`${url}${script}`, from)
}

const read = (url: string, from: string) =>
  new Promise<string>((resolve, reject) => {
    const request = get(url, { agent: false, localAddress: from }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (body += text))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve(body)
        else reject(new Error(`the page was answered with ${response.statusCode}`))
      })
    })
    request.on('error', reject)
  })

async function join(url: string, from: string, { roomId, name }: { roomId: string; name: string }) {
  const client = connectRaw(url, { reconnects: false, from })
  try {
    const refused = new Promise<never>((_, reject) => {
      client.socket.once('connect_error', (error) => reject(new Error(`the connection was refused: ${error.message}`)))
    })
    valueOf(await Promise.race([client.ask('join_room', { roomId, name }, patienceMs), refused]), 'the join')
    await client.ask('leave_room', { roomId }, patienceMs)
  } finally {
    client.close()
  }
}
