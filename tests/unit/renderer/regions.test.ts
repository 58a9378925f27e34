// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { focusNextRegion } from '../../../src/renderer/regions'

test('F6 goes around the regions of the page, both ways, and skips those with nothing to focus', () => {
  document.body.innerHTML = `
    <aside data-region><a href="#x" id="rooms">x</a></aside>
    <div data-region tabindex="0" id="log"></div>
    <aside data-region><p>nothing</p></aside>
    <form data-region><textarea id="composer"></textarea></form>`
  const step = (direction: -1 | 1) => {
    focusNextRegion(direction)
    return document.activeElement?.id
  }
  expect([step(1), step(1), step(1), step(1)]).toEqual(['rooms', 'log', 'composer', 'rooms'])
  expect([step(-1), step(-1)]).toEqual(['composer', 'log'])
})
