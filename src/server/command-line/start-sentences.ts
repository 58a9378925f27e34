import type { StartErrorCode } from '../start-error'

/** Why it did not start, for whoever reads a terminal. */
export const startSentences: Record<StartErrorCode, (at: { host: string; port: number; data: string }) => string> = {
  port_unavailable: ({ port }) => `Port ${port} is taken or not allowed: choose another with --port.`,
  address_unavailable: ({ host }) => `This computer has no address ${host}: choose another with --host.`,
  data_damaged: ({ data }) =>
    `The database in ${data} is damaged: put a copy from its backups in its place with parlor-server restore.`,
  data_newer: ({ data }) => `The data in ${data} was written by a newer Parlor, and is left as it is.`,
  data_in_use: ({ data }) => `Another Parlor server is using the data in ${data}.`,
  data_not_a_folder: ({ data }) => `${data} is not a folder, or leads to none.`,
  data_foreign: ({ data }) => `The folder ${data} holds other things than Parlor's: choose an empty or a new one.`,
  data_blocked: ({ data }) => `Something else is in ${data} where Parlor keeps its database, key, files or backups.`,
  data_forbidden: ({ data }) => `This user may not read and write everything in ${data}.`,
  data_read_only: ({ data }) => `The disk of ${data} is read-only.`,
  data_full: ({ data }) => `The disk of ${data} is full, or has too little room for the backup before an upgrade.`,
  data_unwritable: ({ data }) =>
    `The folder ${data} cannot be used: its disk fails or does not do what a database needs.`,
}

/** What trying again will not mend, like an option that makes no sense. */
const unusable: ReadonlySet<StartErrorCode> = new Set([
  'data_not_a_folder',
  'data_foreign',
  'data_blocked',
  'data_forbidden',
  'data_read_only',
  'data_full',
  'data_unwritable',
])

export const exitCodeOf = (code: StartErrorCode): number => (unusable.has(code) ? 2 : 1)
