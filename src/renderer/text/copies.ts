import { dayOf, timeOf } from './times'

/** `yesterday, 18:00`; further back it is the day itself. */
export function copyTimeWords(madeAt: number, now: number): string {
  const day = dayOf(madeAt, now)
  const isNear = now - madeAt < 172_800_000 && !/\d/.test(day)
  return `${isNear ? day.toLocaleLowerCase() : day}, ${timeOf(madeAt)}`
}

export const copyWords = {
  title: 'Go on with a copy',
  text: 'A copy lacks what was written after it was made. The damaged rooms are kept beside it on this computer.',
  start: (time: string) => `Start with the copy of ${time}`,
  starting: 'Putting the copy in place…',
}
