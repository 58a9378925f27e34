import type { CopyErrorCode } from '../copies/copy-error'
import type { Restored } from '../copies/restore-copy'
import type { Verdict } from '../copies/verify-copy'

export const copySentences: Record<CopyErrorCode, (what: string) => string> = {
  not_found: (what) => `There is no ${what}.`,
  not_a_copy: (what) => `${what} is neither a backup nor a data folder of Parlor.`,
  no_key: (what) => `The key to ${what} is missing: copy parlor.key of the data folder it was made in beside it.`,
  unsound: (what) => `${what} is damaged, and is not put in place of anything.`,
  exists: (what) => `There is already a ${what}: try again.`,
  no_data: (what) => `There is no database in ${what} to make a backup of.`,
}

const counted = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`

export const madeSentence = ({ path, missingFiles }: { path: string; missingFiles: number }): string =>
  missingFiles === 0
    ? `Everything is in ${path}.`
    : `Everything is in ${path} but the bytes of ${counted(missingFiles, 'file')}, which the data folder lacks too.`

export function restoredSentence(from: string, data: string, { verdict, aside, missingFiles }: Restored): string {
  const what = `${counted(verdict.rooms, 'room')} and ${counted(verdict.messages, 'message')}`
  const lacking = missingFiles === 0 ? '' : ` The bytes of ${counted(missingFiles, 'file')} are in neither.`
  const before = aside === undefined ? '' : ` What was there is in ${aside}.`
  return `${data} now holds ${what} from ${from}.${before}${lacking}`
}

export function verdictLines(verdict: Verdict): string[] {
  const { rooms, messages, files, holdsFiles, faults, damaged, missing, missingFiles, damagedFiles } = verdict
  const contents = `${counted(rooms, 'room')}, ${counted(messages, 'message')}, ${counted(files, 'file')}.`
  const problems = [
    ...faults.map((fault) => `The database is damaged: ${fault}.`),
    ...(verdict.hasKey ? [] : ['The key that shows damage to messages is missing.']),
    ...(verdict.hasKey && damaged > 0 ? [`${counted(damaged, 'message')} damaged.`] : []),
    ...(missing > 0 ? [`Messages are missing in ${counted(missing, 'place')}.`] : []),
    ...(missingFiles > 0 ? [`The bytes of ${counted(missingFiles, 'file')} missing.`] : []),
    ...(damagedFiles > 0 ? [`The bytes of ${counted(damagedFiles, 'file')} damaged.`] : []),
  ]
  const alone =
    holdsFiles || files === 0 ? [] : ['The bytes of its files are not in it: they are in the data folder only.']
  return [contents, ...alone, ...(problems.length > 0 ? problems : ['Whole.'])]
}
