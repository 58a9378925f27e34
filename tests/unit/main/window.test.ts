import type { ContextMenuParams } from 'electron'
import { expect, test } from 'vitest'
import { applicationMenu } from '../../../src/main/windows/application-menu'
import { contextMenu } from '../../../src/main/windows/context-menu'
import { webPreferences } from '../../../src/main/windows/window-options'
import { fittingPlace } from '../../../src/main/windows/window-place'

const least = { width: 380, height: 480 }
const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const second = { x: 1440, y: 0, width: 1920, height: 1080 }
const place = (x: number, y: number, width = 1000, height = 700) => ({
  bounds: { x, y, width, height },
  isMaximized: false,
})

test('a remembered place is taken up while its display is there', () => {
  const onSecond = place(1600, 100)
  expect(fittingPlace(onSecond, [laptop, second], least)).toEqual(onSecond)
  expect(fittingPlace(onSecond, [laptop], least)).toEqual({ bounds: { width: 1000, height: 700 }, isMaximized: false })
})

test('a window never opens where it cannot be taken hold of', () => {
  for (const lost of [place(-950, 100), place(1400, 100), place(100, 890), place(100, -300), place(1e9, 1e9)]) {
    expect(fittingPlace(lost, [laptop], least).bounds).toEqual({ width: 1000, height: 700 })
  }
})

test('a size fits the displays and is never too small to use', () => {
  expect(fittingPlace(place(0, 25, 5000, 5000), [laptop], least).bounds).toMatchObject({ width: 1440, height: 875 })
  expect(fittingPlace(place(0, 25, 10, 10), [laptop], least).bounds).toMatchObject(least)
  expect(fittingPlace(undefined, [laptop], least)).toEqual({ bounds: { width: 1100, height: 760 }, isMaximized: false })
})

test('the page runs isolated, sandboxed and without developer tools once packaged', () => {
  expect(webPreferences('/preload.cjs', true, 'linux')).toEqual({
    preload: '/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: false,
  })
  expect(webPreferences('/preload.cjs', true, 'darwin').spellcheck).toBe(true)
  const roles = (isPackaged: boolean) => JSON.stringify(applicationMenu('linux', isPackaged))
  expect([roles(true).includes('toggleDevTools'), roles(false).includes('toggleDevTools')]).toEqual([false, true])
})

test('a right click offers better spellings, and what can be done to the text', () => {
  const editFlags = {
    canCut: true,
    canCopy: true,
    canPaste: true,
    canSelectAll: true,
  } as ContextMenuParams['editFlags']
  const replaced: string[] = []
  const offered = (clicked: { isEditable: boolean; selectionText?: string; dictionarySuggestions?: string[] }) =>
    contextMenu({ selectionText: '', dictionarySuggestions: [], editFlags, ...clicked }, (word) => replaced.push(word))

  const [suggestion, ...others] = offered({ isEditable: true, dictionarySuggestions: ['parlour'] })
  Reflect.apply(suggestion!.click!, undefined, [])
  expect([suggestion?.label, replaced]).toEqual(['parlour', ['parlour']])
  expect(others.map(({ role, type }) => role ?? type)).toEqual(['separator', 'cut', 'copy', 'paste', 'selectAll'])
  expect(offered({ isEditable: false, selectionText: 'said' })).toEqual([{ role: 'copy' }])
  expect(offered({ isEditable: false })).toEqual([])
})
