import type { StartErrorCode } from '../start-error'
import type { CommandLine } from './read-options'

/** Why it did not start, for whoever reads a terminal. */
export const startSentences: Record<StartErrorCode, (line: CommandLine) => string> = {
  port_unavailable: ({ port }) => `Port ${port} is taken or not allowed: choose another with --port.`,
  address_unavailable: ({ host }) => `This computer has no address ${host}: choose another with --host.`,
  data_damaged: ({ data }) => `The database in ${data} is damaged: put a copy from its backups folder in its place.`,
  data_newer: ({ data }) => `The data in ${data} was written by a newer Parlor, and is left as it is.`,
  data_unwritable: ({ data }) => `The folder ${data} cannot be written to, or its disk is full.`,
  data_in_use: ({ data }) => `Another Parlor server is using the data in ${data}.`,
}
