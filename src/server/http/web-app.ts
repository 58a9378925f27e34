import type { RequestListener, Server } from 'node:http'
import { sep } from 'node:path'
import fastifyStatic, { type SetHeadersResponse } from '@fastify/static'
import fastify, { type FastifyInstance } from 'fastify'
import { foldRoomCode, isRoomCode } from '#shared/protocol/room-code'
import type { Report } from '../server-options'

export interface WebAppOptions {
  server: Server
  webDir: string | undefined
  isReady: () => boolean
  report: Report
}

export interface WebApp {
  /** Rejects when the interface is in no folder. */
  open: () => Promise<void>
  handle: RequestListener
  close: () => Promise<void>
}

const hashedAssets = `${sep}assets${sep}`

/** The guests' interface and the two questions of whoever watches the server. */
export function createWebApp({ server, webDir, isReady, report }: WebAppOptions): WebApp {
  let handle: RequestListener | undefined
  const app = fastify({
    serverFactory(listener) {
      handle = listener
      return server
    },
  })

  // Nothing here takes a body; what comes along is left unread.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))
  app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send('Not found'))
  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const isTheirs = error.statusCode !== undefined && error.statusCode < 500
    if (!isTheirs) report(error)
    return reply
      .code(isTheirs ? 404 : 500)
      .type('text/plain')
      .send(isTheirs ? 'Not found' : 'Something went wrong')
  })

  app.get('/healthz', (_request, reply) => reply.type('text/plain').send('ok'))
  app.get('/readyz', (_request, reply) =>
    reply
      .code(isReady() ? 200 : 503)
      .type('text/plain')
      .send(isReady() ? 'ok' : 'not ready'),
  )
  if (webDir !== undefined) addInterface(app, webDir)
  return {
    async open() {
      await app.ready()
    },
    handle: (request, response) => handle?.(request, response),
    close: () => app.close(),
  }
}

function addInterface(app: FastifyInstance, webDir: string) {
  void app.register(fastifyStatic, { root: webDir, index: false, dotfiles: 'deny', cacheControl: false, setHeaders })
  app.get('/', (_request, reply) => reply.sendFile('index.html'))
  app.get<{ Params: { name: string } }>('/:name', ({ params: { name } }, reply) =>
    reply.sendFile(isRoomCode(foldRoomCode(name)) ? 'index.html' : name),
  )
}

function setHeaders(response: SetHeadersResponse, path: string) {
  const lasts = path.includes(hashedAssets)
  response.setHeader('Cache-Control', lasts ? 'public, max-age=31536000, immutable' : 'no-cache')
}
