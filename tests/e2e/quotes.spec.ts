import { randomUUID } from 'node:crypto'
import { seedRoom } from '../support/seed-room'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { joinAs, say } from './support/scripted-person'

const lines = Array.from({ length: 400 }, (_, index) => ({
  by: 'Grace',
  text: `Line ${index + 1}`,
  sentAt: Date.now() - (400 - index) * 60_000,
}))

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, every quote of a screen comes, and is deleted with what it quotes`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    const { dataDir, roomId } = await seedRoom('Lobby', lines)
    const { port, url } = await launchServer({ dataDir })
    const edsger = await joinAs('Edsger', url, roomId)
    const { message: secret } = await say(edsger, 'The code is 1234')
    for (let line = 1; line <= 60; line++) await say(edsger, `Later ${line}`)
    const answer = (replyTo: number) =>
      edsger.get('send_message', { roomId, clientKey: randomUUID(), text: `Answer to ${replyTo}`, replyTo })
    for (let seq = 20; seq <= 300; seq += 20) await answer(seq)
    await answer(secret.seq)

    const { room } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId })
    const quotes = room.log.getByTitle('Go to the message this answers')
    await expect(room.message(`Answer to ${secret.seq}`)).toContainText('The code is 1234')
    await expect(room.message('Answer to 300')).toContainText('Line 300')
    await expect(quotes.filter({ hasText: 'An earlier message' })).toHaveCount(0)
    await edsger.get('delete_message', { roomId, seq: secret.seq })
    await expect(room.message(`Answer to ${secret.seq}`)).toContainText('This message was deleted.')
    await expect(room.log).not.toContainText('1234')
    edsger.close()
  })
}
