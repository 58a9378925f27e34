import { readFileSync } from 'node:fs'
import type * as v from 'valibot'
import { expect, test } from 'vitest'
import { announcements, commands } from '#shared/protocol/contract'
import { Member, Message, Room } from '#shared/protocol/entities'
import { errorCodes } from '#shared/protocol/errors'

const page = readFileSync('docs/protocol.md', 'utf8')
const section = (title: string) => page.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? ''
const entry = (chapter: string, name: string) =>
  section(chapter).split(`\n### \`${name}\`\n`)[1]?.split('\n### ')[0] ?? ''
const headings = (chapter: string) => [...section(chapter).matchAll(/^### `(\w+)`$/gm)].map((match) => match[1])
const firstObject = (text: string) => text.match(/`\{ ?(.*?) ?\}`/)?.[1] ?? ''
const fieldsOf = (object: string) =>
  object
    .replace(/\{[^{}]*\}/g, '')
    .split(',')
    .map((field) => field.split(':')[0]!.trim().replace('?', ''))
    .filter(Boolean)
    .sort()

test('every command is on the page, and no other', () => {
  expect(headings('Commands').sort()).toEqual(Object.keys(commands).sort())
})

test('every announcement is on the page, and no other', () => {
  expect(headings('Announcements').sort()).toEqual(Object.keys(announcements).sort())
})

test('every error code is on the page, and no other', () => {
  const codes = [...section('Replies').matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1])
  expect(codes).toEqual([...errorCodes])
})

test.each(Object.entries(commands))('the page names what %s takes and answers', (name, { input, output }) => {
  const text = entry('Commands', name)
  const schemas = Object.entries<v.GenericSchema>(input.entries)
  const optional = schemas.map(([field, schema]) => (schema.type === 'optional' ? `${field}?` : field))
  expect(fieldsOf(firstObject(text))).toEqual(Object.keys(input.entries).sort())
  for (const field of optional) expect(text).toContain(field)
  expect(fieldsOf(firstObject(text.split('Value:')[1] ?? ''))).toEqual(Object.keys(output.entries).sort())
})

test.each(Object.entries(announcements))('the page names what %s carries', (name, payload) => {
  expect(fieldsOf(firstObject(entry('Announcements', name)))).toEqual(Object.keys(payload.entries).sort())
})

test.each([
  ['room', Room],
  ['member', Member],
  ['message', Message],
] as const)('the page names the fields of a %s', (thing, schema) => {
  const described = section('Things').match(new RegExp(`\\*\\*${thing}\\*\\* \`\\{ (.*?) \\}\``))?.[1] ?? ''
  expect(fieldsOf(described)).toEqual(Object.keys(schema.entries).sort())
})
