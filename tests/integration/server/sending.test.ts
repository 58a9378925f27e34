import { expect, test } from 'vitest'
import { newKey, openParlor } from '../../support/open-parlor'

test('a message sent twice with one key is posted once', async () => {
  const { host, join } = await openParlor()
  const [ada, grace] = [await host('ada'), await join('grace')]
  const hello = { roomId: ada.roomId, clientKey: newKey(), text: 'hello' }

  const first = await ada.get('send_message', hello)
  const retry = await ada.get('send_message', hello)

  expect(retry).toEqual(first)
  expect(await grace.heard('message_posted')).toEqual([first])
})
