import type { Retention } from '#shared/protocol/entities'

export type RetentionKind = 'while_occupied' | 'days' | 'forever'

const usualDays = 30

export const retentionKindOf = (retention: Retention): RetentionKind =>
  typeof retention === 'string' ? retention : 'days'

/** What a choice means; a number of days chosen elsewhere is kept. */
export function retentionOf(kind: RetentionKind, before?: Retention): Retention {
  if (kind !== 'days') return kind
  return typeof before === 'object' ? before : { days: usualDays }
}
