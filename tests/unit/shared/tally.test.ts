import { expect, test } from 'vitest'
import { createTally } from '#shared/tally'

const minuteMs = 60_000

function counted() {
  let now = 0
  const told: [string, number][] = []
  const tally = createTally<string>({ now: () => now, tell: (thing, times) => told.push([thing, times]) })
  const pass = (ms: number) => {
    now += ms
    tally.tellDue()
  }
  return { tally, told, pass }
}

test('the first of a kind is told at once, the rest once a minute with their number', () => {
  const { tally, told, pass } = counted()
  for (let n = 1; n <= 6_000; n++) tally.count('refused', `refused ${n}`)
  expect(told).toEqual([['refused 1', 1]])

  pass(minuteMs - 1)
  expect(told).toHaveLength(1)
  pass(1)
  expect(told).toEqual([
    ['refused 1', 1],
    ['refused 6000', 5_999],
  ])
})

test('a minute without any starts over', () => {
  const { tally, told, pass } = counted()
  tally.count('refused', 'one')
  pass(minuteMs)
  tally.count('refused', 'another')
  expect(told).toEqual([
    ['one', 1],
    ['another', 1],
  ])
})

test('kinds that a stranger makes up are one kind when they are too many', () => {
  const { tally, told } = counted()
  for (let n = 0; n < 10_000; n++) tally.count(`kind ${n}`, 'made up')
  expect(told.length).toBe(201)
})

test('at the end everything is told', () => {
  const { tally, told } = counted()
  for (let n = 0; n < 3; n++) tally.count('refused', 'again')
  tally.tellAll()
  expect(told).toEqual([
    ['again', 1],
    ['again', 2],
  ])
})
