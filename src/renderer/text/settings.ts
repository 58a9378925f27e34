export const settingsWords = {
  label: 'Settings',
  appearance: 'Appearance',
  system: 'As the system',
  light: 'Light',
  dark: 'Dark',
  contrast: 'High contrast',
  enterSends: 'Enter sends',
  stopHosting: 'Stop hosting',
  stopTitle: 'Stop hosting rooms?',
  stopText: 'Everybody in your rooms loses the connection until you host again. Messages stay on this computer.',
}
