/** Whether there is a screen to show windows on. */
export const hasDisplay = () => {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return process.platform !== 'linux' || Boolean(DISPLAY || WAYLAND_DISPLAY)
}

/**
 * The command as it is where there is a display, else under a virtual one.
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export const withDisplay = (command, args) =>
  hasDisplay() ? [command, args] : ['xvfb-run', ['-a', '-s', '-screen 0 1400x900x24', command, ...args]]
