import type { Migration } from 'kysely'
import { rooms } from './0001-rooms'
import { conversation } from './0002-conversation'
import { files } from './0003-files'
import { closing } from './0004-closing'
import { fileTotals } from './0005-file-totals'
import { words } from './0006-words'
import { away } from './0007-away'
import { directs } from './0008-directs'
import { serverTime } from './0009-server-time'
import { clockSteps } from './0010-clock-steps'

/** In order, by name. One that has shipped never changes: what changes the schema is a new one. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-rooms': rooms,
  '0002-conversation': conversation,
  '0003-files': files,
  '0004-closing': closing,
  '0005-file-totals': fileTotals,
  '0006-words': words,
  '0007-away': away,
  '0008-directs': directs,
  '0009-server-time': serverTime,
  '0010-clock-steps': clockSteps,
}
