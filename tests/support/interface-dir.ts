import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

export const canary = 'canary-in-the-page'

/** A stand-in for the built interface: a page, a hashed script, a hidden file, and a secret beside the folder. */
export async function makeInterfaceDir(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), 'parlor-web-'))
  onTestFinished(() => rm(parent, { recursive: true, force: true }))
  const dir = join(parent, 'renderer')
  await mkdir(join(dir, 'assets'), { recursive: true })
  await writeFile(join(dir, 'index.html'), `<!doctype html><title>Parlor</title><p>${canary}</p>`)
  await writeFile(join(dir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(dir, 'assets', 'index-abc123.js'), 'export const one = 1')
  await writeFile(join(dir, '.hidden'), 'hidden-file')
  await writeFile(join(parent, 'secret.txt'), 'secret-file')
  return dir
}
