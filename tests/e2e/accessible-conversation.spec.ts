import type { Page } from '@playwright/test'
import type { Person } from '../support/person'
import type { RoomPage } from './pages/room-page'
import { findFlaws, type Flaw } from './support/find-flaws'
import { expect, test } from './support/parlor'
import { screens } from './support/screens'
import { hostAs, joinAs, say } from './support/scripted-person'

const code = '```ts\nconst half = "of it" // all\n```'
const marks = '**bold** _italic_ ~~gone~~ `code` https://parlor.example/\n> quoted\n\n- one\n- two'

/** A room in which everything has happened that a message can show. */
async function livelyRoom(url: string) {
  const grace = await hostAs('Grace', url, 'Standup')
  const others = await Promise.all(['Edsger', 'Barbara', 'Donald'].map((name) => joinAs(name, url, grace.roomId)))
  const { roomId } = grace
  const { message } = await say(grace, 'Who takes the minutes?')
  const answer = { roomId, clientKey: crypto.randomUUID(), text: 'I do, @Grace', replyTo: message.seq }
  await others[0]!.get('send_message', answer)
  for (const person of [grace, ...others]) await person.get('react', { roomId, seq: message.seq, emoji: '🎉' })
  await grace.get('edit_message', { roomId, seq: message.seq, text: 'Who takes the minutes today?' })
  await grace.get('pin_message', { roomId, seq: message.seq, pinned: true })
  const gone = await say(grace, 'Never mind')
  await grace.get('delete_message', { roomId, seq: gone.message.seq })
  for (const text of [marks, code, '🎉', '@everyone look']) await say(grace, text)
  return { grace, others, roomId }
}

async function memberIdOf(name: string, { get, roomId }: Person) {
  const { members } = await get('join_room', { roomId })
  return members.find((member) => member.name === name)?.memberId
}

/** Opens one thing after the other; each is closed again with Escape. */
async function walk(page: Page, room: RoomPage, things: Readonly<Record<string, () => Promise<unknown>>>) {
  const flaws: Flaw[] = []
  for (const [screen, open] of Object.entries(things)) {
    await test.step(screen, async () => {
      await open()
      flaws.push(...(await findFlaws(page, screen)))
      await page.keyboard.press('Escape')
      await expect(page.locator('[role=menu], [role=dialog], [role=alertdialog], [role=listbox]')).toHaveCount(0)
    })
    await room.composer.fill('')
  }
  return flaws
}

for (const [name, open] of Object.entries(screens)) {
  test(`on the ${name}, nothing of a conversation has a serious barrier`, async ({
    launchApp,
    launchGuest,
    launchServer,
  }) => {
    const { port, url } = await launchServer()
    const { grace, others, roomId } = await livelyRoom(url)
    const { page, room } = await open({ launchApp, launchGuest }, { as: 'Ada', port, roomId })
    await room.isOpen('Standup')
    await room.send('Mine')
    await grace.get('open_direct', { memberId: await memberIdOf('Ada', grace) })
    await grace.get('set_typing', { roomId, typing: true })
    const mine = room.message('Mine')
    const inHand = async () => {
      // At its edge: what else is in hand floats over the middle.
      if (name === 'phone') await mine.tap({ position: { x: 8, y: 8 } })
      else await mine.hover()
      await expect(page.getByRole('toolbar')).toBeVisible()
    }
    const menuOf = async () => {
      await inHand()
      await page.getByRole('toolbar').getByRole('button', { name: 'More' }).click()
      await expect(page.getByRole('menu')).toBeVisible()
    }

    const flaws = await walk(page, room, {
      'a lively room': () => expect(room.log.locator('.keyword').first()).toBeVisible(),
      'a message in hand': () => inHand(),
      'the menu of a message': () => menuOf(),
      'the question before deleting': async () => {
        await menuOf()
        await room.menuItem('Delete').click()
        await expect(room.dialog).toBeVisible()
      },
      answering: async () => {
        await room.composer.press('Shift+ArrowUp')
        await expect(page.getByText(/^Replying to/)).toBeVisible()
      },
      editing: async () => {
        await room.composer.press('ArrowUp')
        await expect(page.getByText('Editing your message')).toBeVisible()
      },
      'names to mention': async () => {
        await room.composer.fill('@')
        await expect(page.getByRole('option').first()).toBeVisible()
      },
      'emoji by name': async () => {
        await room.composer.fill(':smi')
        await expect(page.getByRole('option').first()).toBeVisible()
      },
      'the emoji picker': async () => {
        await page.getByRole('button', { name: 'Emoji', exact: true }).click()
        await expect(page.getByRole('button', { name: 'grinning face', exact: true })).toBeVisible()
      },
      'the question before calling everyone': async () => {
        await room.composer.fill('@everyone hear me')
        await room.composer.press('Enter')
        await expect(room.dialog).toBeVisible()
      },
      'the switcher': async () => {
        await room.composer.press('Control+K')
        await expect(page.getByRole('option').first()).toBeVisible()
      },
      'the shortcuts': async () => {
        await room.composer.press('Control+/')
        await expect(page.getByRole('heading', { name: 'Keyboard shortcuts' })).toBeVisible()
      },
      'what was found': async () => {
        await room.composer.press('Control+F')
        await page.getByRole('searchbox').fill('minutes')
        await expect(page.locator('.found mark')).toHaveCount(1)
      },
      'what is pinned': async () => {
        await room.openPinned()
        await expect(page.locator('.pinned .found')).toHaveCount(1)
      },
    })

    expect(flaws).toEqual([])
    for (const person of [grace, ...others]) person.close()
  })
}
