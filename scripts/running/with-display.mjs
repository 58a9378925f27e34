/**
 * The command as it is where there is a display, else under a virtual one.
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function withDisplay(command, args) {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY) return [command, args]
  return ['xvfb-run', ['-a', '-s', '-screen 0 1400x900x24', command, ...args]]
}
