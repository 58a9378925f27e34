import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { icns, ico } from '../../../build/icon-containers.mjs'
import { packagingProblem } from '../../../scripts/packaging/check-packaging.mjs'
import { control, md5sums, readArguments } from '../../../scripts/packaging/deb-control.mjs'

const root = join(import.meta.dirname, '../../..')
const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8')

// Loading electron-builder takes its time.
test('the packaging configuration is valid for every platform', { timeout: 60_000 }, async () => {
  expect(await packagingProblem(root)).toBeUndefined()
})

test('a misspelt or missing setting is noticed', { timeout: 60_000 }, async () => {
  const dir = mkdtempSync(join(tmpdir(), 'parlor-config-'))
  const problemOf = (yaml: string) => {
    writeFileSync(join(dir, 'electron-builder.yml'), yaml)
    return packagingProblem(dir)
  }
  writeFileSync(join(dir, 'package.json'), '{}')

  expect(await problemOf(config.replace('oneClick', 'oneClik'))).toContain('configuration.nsis')
  expect(await problemOf(config.replace('target: [nsis, zip]', 'target: [nsis]'))).toContain('win zip')
  rmSync(dir, { recursive: true })
})

test('released packages have every fuse as promised', () => {
  const fuses = /electronFuses:\n((?: {2}.*\n)+)/.exec(config)?.[1]?.match(/^ {2}\w+: \w+/gm)
  expect(fuses?.map((line) => line.trim())).toEqual([
    'runAsNode: false',
    'enableNodeOptionsEnvironmentVariable: false',
    'enableNodeCliInspectArguments: false',
    'enableCookieEncryption: true',
    'enableEmbeddedAsarIntegrityValidation: true',
    'onlyLoadAppFromAsar: true',
    'grantFileProtocolExtraPrivileges: false',
  ])
})

test('a Debian package says what fpm was asked to say', () => {
  const line = [
    '-s',
    'dir',
    '--force',
    '-t',
    'deb',
    '-d',
    'libnss3',
    '-d',
    'a | b',
    '--architecture',
    'amd64',
    '--name',
    'parlor',
  ]
  const more = [
    '--version',
    '0.1.0',
    '--maintainer',
    'A <a@b.c>',
    '--description',
    'Office chat\nLong\n\nwords',
    '--category',
    'net',
  ]
  const { options, files } = readArguments([
    ...line,
    ...more,
    '--package',
    'x.deb',
    '/from/=/opt/Parlor',
    '/a=b=/usr/c',
  ])

  expect(files).toEqual([
    { from: '/from/', to: '/opt/Parlor' },
    { from: '/a=b', to: '/usr/c' },
  ])
  expect(control(options, '1234')).toBe(
    [
      'Package: parlor',
      'Version: 0.1.0',
      'Architecture: amd64',
      'Maintainer: A <a@b.c>',
      'Installed-Size: 1234',
      'Depends: libnss3, a | b',
      'Section: net',
      'Priority: optional',
      'Description: Office chat',
      ' Long',
      ' .',
      ' words',
      '',
    ].join('\n'),
  )
})

test('a package lists the sum of every file but its own description', () => {
  const stage = mkdtempSync(join(tmpdir(), 'parlor-stage-'))
  mkdirSync(join(stage, 'DEBIAN'))
  mkdirSync(join(stage, 'opt'))
  writeFileSync(join(stage, 'DEBIAN', 'control'), 'x')
  writeFileSync(join(stage, 'opt', 'a'), 'hello')
  expect(md5sums(stage)).toBe('5d41402abc4b2a76b9719d911017c592  opt/a\n')
  rmSync(stage, { recursive: true })
})

test('an icon container holds each picture where its header says', () => {
  const pngs = new Map([16, 32, 64, 128, 256, 512, 1024].map((size) => [size, Buffer.alloc(size, size % 251)]))

  const windows = ico(pngs)
  const entries = Array.from({ length: windows.readUInt16LE(4) }, (_, index) => 6 + index * 16)
  const pictures = entries.map((at) => {
    const [length, offset] = [windows.readUInt32LE(at + 8), windows.readUInt32LE(at + 12)]
    return [windows.readUInt8(at) || 256, windows.subarray(offset, offset + length)] as const
  })
  expect(pictures).toEqual([...pngs].filter(([size]) => size <= 256))

  const mac = icns(pngs)
  expect([mac.toString('latin1', 0, 4), mac.readUInt32BE(4)]).toEqual(['icns', mac.length])
  const types = []
  for (let at = 8; at < mac.length; at += mac.readUInt32BE(at + 4)) types.push(mac.toString('latin1', at, at + 4))
  expect(types).toEqual(['icp4', 'icp5', 'ic11', 'ic12', 'ic07', 'ic13', 'ic08', 'ic14', 'ic09', 'ic10'])
})
