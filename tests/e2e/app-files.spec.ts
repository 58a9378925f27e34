import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { DesktopBridge } from '../../src/renderer/platform/desktop'
import { newRecording } from './support/new-recording'
import { expect, test } from './support/parlor'

/** Sends a file through the bridge, as the interface does, and answers where it is seen. */
function sendThroughBridge(page: Page, base64: string) {
  return page.evaluate(async (encoded) => {
    const { calls, onNews } = Reflect.get(globalThis, 'parlor') as DesktopBridge
    const must = async <Value>(reply: Promise<{ ok: true; value: Value } | { ok: false; error: unknown }>) => {
      const answered = await reply
      if (!answered.ok) throw new Error(JSON.stringify(answered.error))
      return answered.value
    }
    const ids = () => crypto.randomUUID() as never
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0))
    const { key } = await must(calls.hostRoom({ name: 'Ada', remember: false }))
    const file = { fileId: ids(), name: 'con.wav ', type: 'audio/wav', size: bytes.length, looks: {} } as const
    for (let offset = 0; offset < bytes.length; offset += 1_048_576) {
      const piece = bytes.slice(offset, offset + 1_048_576)
      await must(calls.keepFile({ key, fileId: file.fileId, offset, bytes: piece }))
    }
    const arrived = new Promise<void>((resolve) => {
      onNews((news) => {
        if (news.some((one) => one.kind === 'messages')) resolve()
      })
    })
    await must(calls.sendMessage({ key, clientKey: ids(), text: '', files: [file] }))
    await arrived
    const { url } = await must(calls.openFile({ key, fileId: file.fileId }))
    return { key, fileId: file.fileId, url }
  }, base64)
}

test('the window plays a recording from any place, sees nothing of its server, and saves it whole', async ({
  launchApp,
}) => {
  const { app, page, profile } = await launchApp({
    name: 'ada',
    provokes: /Content Security Policy|Refused to connect/,
  })
  const recording = newRecording(180)
  const sent = await sendThroughBridge(page, recording.toString('base64'))
  expect(sent.url).toMatch(/^parlor-app:\/\/ui\/files\/[0-9a-f-]{36}$/)
  expect(readdirSync(join(profile, 'unsent files'))).toEqual([])

  const played = await page.evaluate(async (url) => {
    const audio = document.body.appendChild(document.createElement('audio'))
    const happens = (name: string) =>
      new Promise((resolve, reject) => {
        audio.addEventListener(name, resolve, { once: true })
        audio.addEventListener('error', () => reject(new Error(audio.error?.message)), { once: true })
      })
    const isLoaded = happens('loadedmetadata')
    audio.src = url
    await isLoaded
    const isThere = happens('seeked')
    audio.currentTime = 170
    await isThere
    const stranger = await fetch(url).then(
      () => 'read',
      () => 'refused',
    )
    return { duration: audio.duration, currentTime: audio.currentTime, stranger }
  }, sent.url)
  expect(played).toEqual({ duration: 180, currentTime: 170, stranger: 'refused' })

  const folder = mkdtempSync(join(tmpdir(), 'parlor-saved-'))
  const suggested = await app.evaluate(
    ({ dialog }, target) => {
      const suggestions: unknown[] = []
      Object.assign(globalThis, { suggestions })
      dialog.showSaveDialog = (...given: unknown[]) => {
        suggestions.push(given.at(-1))
        return Promise.resolve({ canceled: false, filePath: target })
      }
      return suggestions
    },
    join(folder, 'saved.wav'),
  )
  expect(suggested).toEqual([])
  const saved = await page.evaluate(async ({ key, fileId }) => {
    const { calls } = Reflect.get(globalThis, 'parlor') as DesktopBridge
    return calls.saveFile({ key, fileId, name: '../../con.wav ' })
  }, sent)

  expect(saved).toEqual({ ok: true, value: { isSaved: true } })
  expect(readdirSync(folder)).toEqual(['saved.wav'])
  expect(readFileSync(join(folder, 'saved.wav')).equals(recording)).toBe(true)
  const asked = await app.evaluate(() => Reflect.get(globalThis, 'suggestions') as { defaultPath: string }[])
  expect(asked.map(({ defaultPath }) => defaultPath)).toEqual([expect.stringMatching(/[/\\]_con\.wav$/)])
  expect(existsSync(join(folder, '..', 'con.wav'))).toBe(false)
})
