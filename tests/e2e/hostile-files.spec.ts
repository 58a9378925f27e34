import { randomUUID } from 'node:crypto'
import { limits } from '#shared/protocol/limits'
import { utf8Length } from '#shared/protocol/text'
import { announce, draftOf, upload, type Draft } from '../support/files'
import { filesOn } from './pages/files'
import { hostileTexts } from './support/hostile-texts'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { hostAs } from './support/scripted-person'
import { watchOutbreaks } from './support/watch-outbreaks'

const bytes = Buffer.from('<script>alert(1)</script>')

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, what strangers call their files and write beside them stays text`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    test.setTimeout(240_000)
    const { port, url } = await launchServer()
    const mallory = await hostAs('Mallory', url, 'Lobby')
    const { roomId } = mallory
    const { page, room } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId })
    await room.isOpen('Lobby')
    const outbreaks = await watchOutbreaks(page)

    await upload(url, mallory, draftOf(bytes, { name: 'first' }))
    const names = hostileTexts.filter((text) => utf8Length(text) <= limits.fileNameBytes && !/^\s*$/.test(text))
    expect(names.length).toBeGreaterThan(200)
    for (let from = 0; from < names.length; from += limits.filesPerMessage) {
      const drafts: Draft[] = []
      for (const text of names.slice(from, from + limits.filesPerMessage)) {
        const draft = draftOf(bytes, { name: text })
        expect(await announce(mallory, draft)).toEqual({ ok: true, value: { isStored: true } })
        drafts.push(draft)
      }
      const attachments = drafts.map(({ fileId }) => ({ fileId }))
      await mallory.get('send_message', {
        roomId,
        clientKey: randomUUID(),
        text: hostileTexts[from] ?? '',
        attachments,
      })
    }
    await mallory.get('send_message', { roomId, clientKey: randomUUID(), text: 'That was all' })
    await expect(room.message('That was all')).toBeVisible()
    await room.transcript()

    await expect(filesOn(page).card(/./).first()).toBeVisible()
    await filesOn(page).choose(
      () => filesOn(page).attach.click(),
      [{ name: 'x<img src=x onerror=alert(1)>.png', mimeType: 'text/html', buffer: bytes }],
    )
    await expect(filesOn(page).items).toHaveText(/x_img src=x onerror=alert\(1\)_\.png/)
    expect(await outbreaks()).toEqual([])
    mallory.close()
  })
}
