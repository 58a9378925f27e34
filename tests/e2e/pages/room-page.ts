import { expect as plainExpect, type Page } from '@playwright/test'
import { spacedRoomCode } from '#shared/protocol/room-code'
import { readLog } from './read-log'

// Also outside a test run, which has a limit of its own.
const expect = plainExpect.configure({ timeout: 15_000 })

/** The chat screen. */
export function roomPage(page: Page) {
  const log = page.getByRole('log')
  const composer = page.getByRole('textbox', { name: /^Message / })
  const peopleButton = page.getByRole('button', { name: /^Show people/ })
  const roomsButton = page.getByRole('button', { name: /^Show rooms/ })
  const copyCode = page.getByRole('button', { name: /^Copy the room code/ }).first()

  return {
    log,
    composer,
    copyCode,
    title: page.getByRole('heading', { level: 1 }),
    /** What the log says beside messages: who came and went, the day, where it begins. */
    notice: (text: string | RegExp) => log.getByText(text),
    /** By its own words, not those it quotes. */
    message: (text: string | RegExp) =>
      log.getByRole('article').filter({ has: page.locator('.text', { hasText: text }) }),
    waiting: log.getByTitle('Waiting to be sent'),
    toast: (text: string) => page.getByText(text, { exact: true }),
    strip: page.locator('main').getByRole('status'),
    /** What the browser would not copy. */
    toCopy: page.getByRole('dialog', { name: 'Could not copy' }).getByRole('textbox'),
    menu: page.getByRole('button', { name: 'Room menu' }),
    menuItem: (name: string) => page.getByRole('menuitem', { name, exact: true }),
    dialog: page.getByRole('alertdialog'),
    people: page.getByRole('region', { name: 'People' }),
    rooms: page.getByRole('navigation', { name: 'Rooms' }),
    suggestions: page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option'),
    emojiButton: page.getByRole('button', { name: 'Emoji', exact: true }),
    emojiSearch: page.getByRole('searchbox', { name: 'Search emoji' }),
    /** What the composer is for, when it is not for a new message. */
    context: page.getByRole('status').filter({ hasText: /^(Editing|Replying)/ }),
    pinned: page.getByRole('button', { name: 'Pinned messages' }),
    pinnedList: page.getByRole('region', { name: 'Pinned messages' }),
    searchPanel: page.getByRole('region', { name: 'Search' }),
    searchField: page.getByRole('searchbox', { name: 'Search', exact: true }),
    settings: page.getByRole('button', { name: 'Settings' }),
    settingsItem: (name: string) => page.getByRole('menuitemcheckbox', { name }),
    typing: (words: string | RegExp) => page.locator('main').getByText(words),
    unreadPill: page.getByRole('button', { name: /^(\d+ new since|More than \d+ new)/ }),
    unreadLine: log.getByText('New', { exact: true }),
    switcher: page.getByRole('combobox', { name: 'Go to a room or person' }),
    help: page.getByRole('dialog', { name: 'Keyboard shortcuts' }),
    /** The menu of a person in the list of people. */
    more: (name: string) => page.getByRole('button', { name: `More about ${name}` }),
    peopleButton,
    roomsButton,
    closePanel: page.getByRole('button', { name: 'Close', exact: true }),
    jump: page.getByRole('button', { name: /^(Jump to latest|\d+ new messages?)$/ }),

    room: (name: string | RegExp) => page.getByRole('navigation', { name: 'Rooms' }).getByRole('link', { name }),
    async choose(item: 'Leave room' | 'Close room for everyone') {
      await page.getByRole('button', { name: 'Room menu' }).click()
      await page.getByRole('menuitem', { name: item }).click()
      const answer = item === 'Leave room' ? item : 'Close and delete'
      await page.getByRole('alertdialog').getByRole('button', { name: answer }).click()
    },
    async code(): Promise<string> {
      const label = await copyCode.getAttribute('aria-label')
      return label?.replace(/^Copy the room code|\s/g, '') ?? ''
    },
    async send(text: string) {
      await composer.fill(text)
      await composer.press('Enter')
      await expect(composer).toHaveValue('')
    },
    /** On a wide screen from the header, on a narrow one from the room's menu. */
    async openPinned() {
      const button = page.getByRole('button', { name: 'Pinned messages' })
      if (await button.isVisible()) return button.click()
      await page.getByRole('button', { name: 'Room menu' }).click()
      await page.getByRole('menuitem', { name: 'Pinned messages' }).click()
    },
    /** Everything said here, oldest first. */
    transcript: () => readLog(page, log),
    async isOpen(title: string | RegExp) {
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
      await expect(composer).toBeVisible()
    },
    codeIs: (code: string) => expect(copyCode).toHaveAccessibleName(`Copy the room code ${spacedRoomCode(code)}`),
  }
}

export type RoomPage = ReturnType<typeof roomPage>
