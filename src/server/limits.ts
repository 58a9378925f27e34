interface Limit {
  standard: number
  /** `Infinity` switches it off. */
  canBeOff?: true
  words: string
}

/** What one server bears. The words are the command line's help. */
export const limitTable = {
  connections: { standard: 300, canBeOff: true, words: 'open connections' },
  connectionsPerAddress: { standard: 30, canBeOff: true, words: 'open connections per address (IPv6: per /64)' },
  newConnectionsPerMinute: { standard: 20, canBeOff: true, words: 'new chat connections per minute and address' },
  handshakeMs: { standard: 5_000, words: 'milliseconds a connection may take to say hello' },
  joinMs: { standard: 30_000, words: 'milliseconds a connection may stay without ever entering a room' },
  eventBurst: { standard: 60, canBeOff: true, words: 'requests of any kind one member may send at once' },
  eventsPerSecond: { standard: 30, canBeOff: true, words: 'requests of any kind per second and member' },
  messageBurst: { standard: 10, canBeOff: true, words: 'messages one member may send at once' },
  messagesPerSecond: { standard: 2, canBeOff: true, words: 'messages per second and member' },
  roomMessagesPerSecond: { standard: 50, canBeOff: true, words: 'messages per second and room' },
  joinBurst: { standard: 60, canBeOff: true, words: 'rooms one member may join, or catch up with, at once' },
  joinsPerSecond: {
    standard: 5,
    canBeOff: true,
    words: 'rooms joined, or pages caught up with, per second and member',
  },
  leavesPerSecond: { standard: 2, canBeOff: true, words: 'times a second a member may leave the same room' },
  historyPerSecond: { standard: 5, canBeOff: true, words: 'history pages per second and member' },
  searchesPerSecond: { standard: 5, canBeOff: true, words: 'searches per second and member' },
  reactionsPerSecond: { standard: 2, canBeOff: true, words: 'reactions per second and member' },
  typingPerSecond: { standard: 2, canBeOff: true, words: 'words of typing per second, member and room' },
  readsPerSecond: { standard: 2, canBeOff: true, words: 'read marks per second, member and room' },
  refusalsPerSecond: { standard: 5, canBeOff: true, words: 'rate refusals answered per second and connection' },
  refusalsInARow: { standard: 200, canBeOff: true, words: 'rate refusals in a row before a connection is closed' },
  fileBytes: { standard: 25_000_000, words: 'bytes of one file' },
  memberFileBytes: { standard: 500_000_000, canBeOff: true, words: 'bytes of files kept for one member' },
  serverFileBytes: { standard: 5_000_000_000, canBeOff: true, words: 'bytes of files kept in all' },
  promisedBytesPerMember: {
    standard: 100_000_000,
    canBeOff: true,
    words: 'bytes promised to files that one member has announced and does not send yet',
  },
  promisedBytesPerAddress: {
    standard: 1_000_000_000,
    canBeOff: true,
    words: 'bytes promised to files that were announced from one address and are not being sent yet',
  },
  fileBurst: { standard: 40, canBeOff: true, words: 'files one member may announce at once' },
  filesPerSecond: { standard: 10, canBeOff: true, words: 'files announced per second and member' },
  unfinishedFilesPerMember: { standard: 40, canBeOff: true, words: 'files of one member that have not arrived whole' },
  uploadsPerMember: { standard: 3, canBeOff: true, words: 'files one member may be sending at once' },
  uploadBytesPerSecond: { standard: 16_384, words: 'bytes a second that a file must arrive with at least' },
  roomsPerHour: { standard: 10, canBeOff: true, words: 'rooms created per hour and address' },
  joinFailuresPerMinute: { standard: 5, canBeOff: true, words: 'wrong room codes per minute and address' },
  joinFailuresPerMinuteInAll: { standard: 19, canBeOff: true, words: 'wrong room codes per minute from everywhere' },
  joinDelayLeastMs: { standard: 2_000, words: 'shortest wait, in milliseconds, once codes are being guessed' },
  joinDelayMostMs: { standard: 30_000, words: 'longest wait, in milliseconds, once codes are being guessed' },
  sendQueueBytes: { standard: 1_048_576, words: 'unread bytes before a slow reader is dropped' },
  headerBytes: { standard: 8_192, words: 'bytes of HTTP headers' },
  headers: { standard: 60, words: 'HTTP headers of one request' },
  headersTimeoutMs: { standard: 5_000, words: 'milliseconds HTTP headers may take' },
  requestTimeoutMs: { standard: 10_000, words: 'milliseconds an HTTP request may take' },
  keepAliveMs: { standard: 5_000, words: 'milliseconds an idle HTTP connection is kept' },
  connectionCheckMs: { standard: 1_000, words: 'milliseconds between looks for slow HTTP connections' },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof limitTable
export type ServerLimits = Record<LimitName, number>

export const limitNames = Object.keys(limitTable) as LimitName[]

/** The LAN's numbers, with what the operator changed. */
export function serverLimits(changed: Partial<ServerLimits> = {}): ServerLimits {
  const standard = Object.fromEntries(limitNames.map((name) => [name, limitTable[name].standard]))
  return { ...(standard as ServerLimits), ...changed }
}
