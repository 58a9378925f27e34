import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromium, type Browser } from '@playwright/test'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { canary, makeInterfaceDir } from '../../support/interface-dir'
import { openParlor } from '../../support/open-parlor'

const executablePath = process.env['PARLOR_CHROMIUM'] ?? '/usr/bin/chromium'
let browser: Browser

beforeAll(async () => {
  const mapped = ['evil.example', 'localhost.evil.example', 'chat.test'].map((name) => `MAP ${name} 127.0.0.1`)
  browser = await chromium.launch({
    executablePath,
    // Loopback stands in for the office network, which this browser would otherwise guard.
    args: [`--host-resolver-rules=${mapped.join(',')}`, '--disable-features=LocalNetworkAccessChecks'],
  })
}, 30_000)
afterAll(() => browser.close())

/** A page of somebody else's, on the same network. */
async function foreignSite(): Promise<string> {
  const site = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>evil</title>')
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    site.closeAllConnections()
    site.close()
  })
  return `http://evil.example:${(site.address() as AddressInfo).port}/`
}

test('a page under a name that is not ours is refused, and under a configured one it is served', async () => {
  const parlor = await openParlor({ webDir: await makeInterfaceDir(), names: ['chat.test'] })
  const { port } = parlor.server
  const page = await browser.newPage()
  const open = async (name: string) => {
    const answer = await page.goto(`http://${name}:${port}/`)
    return [answer?.status(), (await page.content()).includes(canary)]
  }

  expect(await open('evil.example')).toEqual([421, false])
  expect(await open('localhost.evil.example')).toEqual([421, false])
  expect(await open('chat.test')).toEqual([200, true])
  await page.close()
}, 40_000)

test('a rebound page reads nothing and gets no socket', async () => {
  const parlor = await openParlor({ webDir: await makeInterfaceDir() })
  const { port } = parlor.server
  const page = await browser.newPage()
  await page.goto(`http://evil.example:${port}/`)

  const got = await page.evaluate(async () => {
    const asset = await fetch('/assets/index-abc123.js').then(
      async (answer) => [answer.status, await answer.text()],
      () => ['failed'],
    )
    const socket = await new Promise((resolve) => {
      const ws = new WebSocket(`ws://${location.host}/socket.io/?EIO=4&transport=websocket`)
      ws.onopen = () => resolve('open')
      ws.onerror = () => resolve('refused')
    })
    return { asset, socket }
  })

  // The refusal's own policy forbids its page any connection, or the server refuses: either way nothing came back.
  expect(JSON.stringify(got)).not.toContain('export const one')
  expect(got.socket).toBe('refused')
  await page.close()
}, 40_000)

test('a foreign page opens no socket, writes nothing blindly and frames nothing', async () => {
  const parlor = await openParlor({ webDir: await makeInterfaceDir() })
  const ada = await parlor.host('ada')
  const page = await browser.newPage()
  await page.goto(await foreignSite())

  const got = await page.evaluate(async (target) => {
    const outcome = (work: Promise<unknown>) =>
      work.then(
        (value) => value,
        () => 'failed',
      )
    const socket = await new Promise((resolve) => {
      const ws = new WebSocket(`${target.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
      ws.onopen = () => resolve('open')
      ws.onerror = () => resolve('refused')
    })
    const read = await outcome(fetch(`${target}/`).then((answer) => answer.text()))
    const post = await outcome(
      fetch(`${target}/x`, { method: 'POST', mode: 'no-cors', body: 'text' }).then((answer) => answer.type),
    )
    const beacon = navigator.sendBeacon(`${target}/x`, 'text')
    const image = await new Promise((resolve) => {
      const picture = new Image()
      picture.onload = () => resolve('loaded')
      picture.onerror = () => resolve('refused')
      picture.src = `${target}/favicon.svg`
    })
    const events = await new Promise((resolve) => {
      const source = new EventSource(`${target}/healthz`)
      source.onopen = () => resolve('open')
      source.onerror = () => resolve('refused')
    })
    const frame = document.createElement('iframe')
    frame.src = `${target}/`
    frame.name = 'framed'
    document.body.append(frame)
    await new Promise((resolve) => (frame.onload = resolve))
    const form = document.createElement('form')
    Object.assign(form, { method: 'POST', action: `${target}/x`, target: 'framed', enctype: 'text/plain' })
    document.body.append(form)
    form.submit()
    await new Promise((resolve) => (frame.onload = resolve))
    return { socket, read, post, beacon, image, events }
  }, parlor.url)

  expect(got).toMatchObject({ socket: 'refused', read: 'failed', image: 'refused', events: 'refused' })
  const framed = await Promise.all(page.frames().map((frame) => frame.content()))
  expect(framed.some((content) => content.includes(canary))).toBe(false)
  const entry = await ada.get('join_room', { roomId: ada.roomId })
  expect([entry.members.length, entry.messages, entry.room]).toEqual([1, [], ada.entry.room])
  await page.close()
}, 40_000)
