import { chmodSync, mkdirSync, openSync, closeSync, rmSync, symlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { mustRun, root } from '../running/run-command.mjs'

const libraries = ['squashfuse', 'zstd', 'lz4', 'lzo2', 'lzma', 'z']

/** The tools electron-builder needs for an AppImage, from Debian's packages and our own runtime. */
export async function makeAppImageTools() {
  const dir = join(root, 'node_modules', '.cache', 'appimage-tools')
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(join(dir, 'runtimes'), { recursive: true })
  mkdirSync(join(dir, 'lib', 'x64'), { recursive: true })
  for (const tool of ['mksquashfs', 'desktop-file-validate']) symlinkSync(`/usr/bin/${tool}`, join(dir, tool))
  await compileRuntime(join(dir, 'runtimes', 'runtime-x64'))
  return dir
}

/** @param {string} runtime */
async function compileRuntime(runtime) {
  const source = join(root, 'build', 'linux', 'appimage-runtime.c')
  const flags = ['-O2', '-Wall', '-Wextra', '-static', '-s']
  await mustRun('gcc', [...flags, '-o', runtime, source, ...libraries.map((name) => `-l${name}`)], { quiet: true })
  // Says "AppImage, type 2" in a spot of the ELF header that nothing else uses.
  const file = openSync(runtime, 'r+')
  writeSync(file, Buffer.from([0x41, 0x49, 0x02]), 0, 3, 8)
  closeSync(file)
  chmodSync(runtime, 0o755)
}
