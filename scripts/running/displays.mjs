import { spawn } from 'node:child_process'

/**
 * Opens virtual displays, each with a focus and a clipboard of its own. `names` is what DISPLAY is to say.
 * @param {number} count
 */
export async function openDisplays(count) {
  const displays = await Promise.all(Array.from({ length: count }, openDisplay))
  return { names: displays.map(({ name }) => name), close: () => displays.forEach(({ close }) => close()) }
}

/** @returns {Promise<{ name: string, close: () => void }>} */
function openDisplay() {
  // https://www.x.org/releases/X11R7.7/doc/man/man1/Xserver.1.xhtml: -displayfd picks a free display and tells which.
  const args = ['-displayfd', '1', '-screen', '0', '1400x900x24', '-nolisten', 'tcp']
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'pipe', 'ignore'] })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)))
    server.stdout.once('data', (/** @type {Buffer} */ number) => {
      resolve({ name: `:${number.toString().trim()}`, close: () => void server.kill() })
    })
  })
}
