// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { focusNextRegion } from '../../../src/renderer/regions'

function element(tag: string, attributes: Record<string, string>): HTMLElement {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  return made
}
function region(tag: string, inside: HTMLElement): HTMLElement {
  const made = element(tag, { 'data-region': '' })
  made.append(inside)
  return made
}

test('F6 goes around the regions of the page, both ways, and skips those with nothing to focus', () => {
  document.body.append(
    region('aside', element('a', { href: '#x', id: 'rooms' })),
    element('div', { 'data-region': '', tabindex: '0', id: 'log' }),
    region('aside', element('p', {})),
    region('form', element('textarea', { id: 'composer' })),
  )
  const step = (direction: -1 | 1) => {
    focusNextRegion(direction)
    return document.activeElement?.id
  }
  expect([step(1), step(1), step(1), step(1)]).toEqual(['rooms', 'log', 'composer', 'rooms'])
  expect([step(-1), step(-1)]).toEqual(['composer', 'log'])
})
