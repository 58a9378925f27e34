import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'

/** Reads a whole number in a range. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : NaN
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`it must be a whole number from ${least} to ${most}.`)
  }

/** Reads a number above 0, or `off` where a limit can be switched off. */
export const limitValue =
  (canBeOff: boolean) =>
  (text: string): number => {
    if (canBeOff && text === 'off') return Infinity
    const number = /^\d{1,15}$/.test(text) ? Number(text) : 0
    if (number > 0) return number
    throw new InvalidArgumentError(`it must be a whole number above 0${canBeOff ? ', or off' : ''}.`)
  }

/** Reads `chat.example,parlor.local`. */
export function hostNames(text: string): string[] {
  const names = text.split(',').map((name) => name.trim().toLowerCase())
  if (names.every((name) => /^(?=.{1,253}$)[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name))) return names
  throw new InvalidArgumentError('it must be host names with commas between them, without ports.')
}

export function hostAddress(text: string): string {
  if (/^[\w.:%-]{1,253}$/.test(text)) return text
  throw new InvalidArgumentError('it must be an address or a host name.')
}

export function directory(text: string): string {
  if (text !== '') return resolve(text)
  throw new InvalidArgumentError('it must name a folder.')
}

export function interfaceDir(text: string): string {
  const dir = directory(text)
  if (existsSync(join(dir, 'index.html'))) return dir
  throw new InvalidArgumentError('it must be a folder with the built interface, and this one has no index.html.')
}
