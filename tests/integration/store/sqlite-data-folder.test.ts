import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from '../../../src/server/store/sqlite/open-store'
import { storeWorker } from '../../support/store-worker'

async function newFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'parlor-folder-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

const open = (dataDir: string) =>
  openStore({
    dataDir,
    worker: storeWorker(),
    report: (error) => {
      throw error
    },
  })
const modeOf = async (path: string) => ((await stat(path)).mode & 0o7777).toString(8)

describe('a folder that is somebody else’s', () => {
  test('is refused, and keeps its mode and all that is in it', async () => {
    const dir = await newFolder()
    await chmod(dir, 0o1777)
    await writeFile(join(dir, 'their.txt'), 'theirs')

    await expect(open(dir)).rejects.toMatchObject({ code: 'data_foreign' })
    expect([await modeOf(dir), await readdir(dir)]).toEqual(['1777', ['their.txt']])
  })

  test('keeps its mode when it is empty but for what file systems put there', async () => {
    const dir = await newFolder()
    await chmod(dir, 0o755)
    await mkdir(join(dir, 'lost+found'))
    await (await open(dir)).close()

    expect(await modeOf(dir)).toBe('755')
    expect(await modeOf(join(dir, 'parlor.db'))).toBe('600')
  })
})

test('a new folder is for its own user, with those that lead to it, and opens again', async () => {
  const dir = join(await newFolder(), 'deep', 'down')
  await (await open(dir)).close()
  await (await open(dir)).close()
  expect(await modeOf(dir)).toBe('700')
})

describe('a folder that cannot be used', () => {
  test.each([
    ['is a file', 'data_not_a_folder', (dir: string) => writeFile(dir, 'x')],
    ['leads to a file', 'data_not_a_folder', (dir: string) => symlink('/etc/hostname', dir)],
    ['leads to itself', 'data_not_a_folder', (dir: string) => symlink(dir, dir)],
    [
      'has a folder for a database',
      'data_blocked',
      (dir: string) => mkdir(join(dir, 'parlor.db'), { recursive: true }),
    ],
    ['has a folder for a key', 'data_blocked', (dir: string) => mkdir(join(dir, 'parlor.key'), { recursive: true })],
    ['has a folder for a lock', 'data_blocked', (dir: string) => mkdir(join(dir, 'parlor.lock'), { recursive: true })],
    [
      'has a file for its backups',
      'data_blocked',
      async (dir: string) => {
        await mkdir(dir)
        await writeFile(join(dir, 'backups'), '')
      },
    ],
    [
      'has a file for its files',
      'data_blocked',
      async (dir: string) => {
        await mkdir(dir)
        await writeFile(join(dir, 'files'), '')
      },
    ],
  ])('is refused by its reason and left as it was: it %s', async (_, code, make) => {
    const parent = await newFolder()
    const dir = join(parent, 'data')
    await make(dir)
    const before = await readdir(parent, { recursive: true })

    await expect(open(dir)).rejects.toMatchObject({ code })
    expect(await readdir(parent, { recursive: true })).toEqual(before)
  })

  test('is not made below a file', async () => {
    const parent = await newFolder()
    await writeFile(join(parent, 'file'), '')
    await expect(open(join(parent, 'file', 'data'))).rejects.toMatchObject({ code: 'data_not_a_folder' })
  })
})
