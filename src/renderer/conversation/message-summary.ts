import type { Attachment } from '#shared/protocol/files'
import { safeFileName } from '#shared/safe-file-name'
import { kindOf } from '../files/file-kind'
import { fileWords } from '../text/files'
import { oneLine } from './one-line'

interface Said {
  readonly text: string
  readonly attachments: readonly Attachment[]
}

/** A message on one line: its text, else what came with it. */
export const summaryOf = ({ text, attachments }: Said): string => oneLine(text) || filesSummary(attachments)

/** `Picture`, `plan.pdf and 2 more`. */
export function filesSummary([first, ...others]: readonly Attachment[]): string {
  if (!first) return ''
  const kinds = { picture: fileWords.photo, video: fileWords.clip, voice: fileWords.voice } as const
  const kind = kindOf(first)
  const what = kind === 'card' || kind === 'sound' ? safeFileName(first.name) : kinds[kind]
  return others.length > 0 ? fileWords.more(what, others.length) : what
}
