type Clipboard = Pick<DataTransfer, 'files' | 'types' | 'getData'>

/** The files on a clipboard. Office programs put a picture of the words beside the words: those are what is meant then. */
export function pastedFiles(clipboard: Clipboard | null): readonly File[] {
  if (!clipboard) return []
  const areWords = clipboard.types.includes('text/html') && clipboard.getData('text/plain').trim() !== ''
  return areWords ? [] : [...clipboard.files]
}
