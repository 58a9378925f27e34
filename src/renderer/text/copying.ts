export const copyWords = {
  failed: 'Could not copy',
  byKeys: 'The text is selected, so press Ctrl+C or ⌘C.',
  byHand: 'The text is selected, so hold it and choose Copy.',
  text: 'Text to copy',
  close: 'Close',
}
