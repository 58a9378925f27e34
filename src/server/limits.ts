interface Limit {
  standard: number
  /** `Infinity` switches it off. */
  canBeOff?: true
  words: string
}

/** What one server bears. The words are the command line's help. */
export const limitTable = {
  connections: { standard: 2_000, canBeOff: true, words: 'open connections' },
  connectionsPerAddress: {
    standard: 1_000,
    canBeOff: true,
    words: 'open connections per address (IPv6 from elsewhere: per /64)',
  },
  requestBurst: { standard: 5_000, canBeOff: true, words: 'HTTP requests that may come from one address at once' },
  requestsPerSecond: { standard: 500, canBeOff: true, words: 'HTTP requests per second and address' },
  newConnectionsPerMinute: { standard: 300, canBeOff: true, words: 'new chat connections per minute and address' },
  handshakeMs: { standard: 5_000, words: 'milliseconds a connection may take to say hello' },
  frameBurst: {
    standard: 2_000,
    canBeOff: true,
    words: 'WebSocket frames a connection, or all who have not joined at one address, may send at once',
  },
  framesPerSecond: {
    standard: 200,
    canBeOff: true,
    words: 'WebSocket frames per second and connection, or of all who have not joined at one address',
  },
  joinMs: { standard: 30_000, words: 'milliseconds a connection may stay without ever entering a room' },
  eventBurst: { standard: 60, canBeOff: true, words: 'requests of any kind one member may send at once' },
  eventsPerSecond: { standard: 30, canBeOff: true, words: 'requests of any kind per second and member' },
  strangerEventBurst: {
    standard: 300,
    canBeOff: true,
    words: 'requests all who are in no room may send at once per address',
  },
  strangerEventsPerSecond: {
    standard: 30,
    canBeOff: true,
    words: 'requests of all who are in no room per second and address',
  },
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
  roomChangesPerSecond: { standard: 2, canBeOff: true, words: 'rooms changed or closed per second and member' },
  searchMs: { standard: 100, words: 'milliseconds after which a search looks no further' },
  searchesWaiting: { standard: 10, canBeOff: true, words: 'searches of one member that may wait for their turn' },
  searchesWaitingInAll: { standard: 300, canBeOff: true, words: 'searches that may wait for their turn' },
  reactionsPerSecond: { standard: 2, canBeOff: true, words: 'reactions per second and member' },
  typingPerSecond: { standard: 2, canBeOff: true, words: 'words of typing per second, member and room' },
  readsPerSecond: { standard: 2, canBeOff: true, words: 'read marks per second, member and room' },
  refusalsPerSecond: { standard: 5, canBeOff: true, words: 'rate refusals answered per second and connection' },
  refusalsInARow: { standard: 200, canBeOff: true, words: 'refusals in a row before a connection is closed' },
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
  fileBurst: { standard: 40, canBeOff: true, words: 'files one member may announce, or take back, at once' },
  filesPerSecond: { standard: 10, canBeOff: true, words: 'files announced, or taken back, per second and member' },
  fileOpeningBurst: { standard: 60, canBeOff: true, words: 'files one member may open at once' },
  filesOpenedPerSecond: { standard: 20, canBeOff: true, words: 'files opened per second and member' },
  unfinishedFilesPerMember: { standard: 40, canBeOff: true, words: 'files of one member that have not arrived whole' },
  uploadsPerMember: { standard: 3, canBeOff: true, words: 'files one member may be sending at once' },
  uploadBytesPerSecond: { standard: 16_384, words: 'bytes a second that a file must arrive with at least' },
  uploadRefusalBurst: {
    standard: 300,
    canBeOff: true,
    words: 'upload requests without a session or a file of its own, looked up at once per address or member',
  },
  uploadRefusalsPerSecond: { standard: 10, canBeOff: true, words: 'of those, per second and address or member' },
  roomsPerHour: { standard: 50, canBeOff: true, words: 'rooms created per hour and address' },
  roomMembers: { standard: 1_000, canBeOff: true, words: 'members of one room' },
  membershipsPerHour: { standard: 300, canBeOff: true, words: 'memberships begun per hour, address and room' },
  quietMemberMinutes: {
    standard: 1_440,
    canBeOff: true,
    words: 'minutes away after which a membership ends of somebody who never said anything in the room',
  },
  memberMinutes: { standard: 129_600, canBeOff: true, words: 'minutes away after which any membership ends' },
  quietPlaceMinutes: {
    standard: 5,
    words: 'minutes away after which somebody who never said anything gives their place in a full room',
  },
  directsPerHour: { standard: 30, canBeOff: true, words: 'new direct conversations per hour and member' },
  directsPerHourAndAddress: { standard: 300, canBeOff: true, words: 'new direct conversations per hour and address' },
  directsToOnePerHour: {
    standard: 30,
    canBeOff: true,
    words: 'new direct conversations with one person per hour and address',
  },
  joinFailuresPerMinute: { standard: 5, canBeOff: true, words: 'wrong room codes per minute and address' },
  joinFailuresPerMinuteInAll: { standard: 19, canBeOff: true, words: 'wrong room codes per minute from everywhere' },
  joinDelayLeastMs: { standard: 2_000, words: 'shortest wait, in milliseconds, once codes are being guessed' },
  joinDelayMostMs: { standard: 30_000, words: 'longest wait, in milliseconds, once codes are being guessed' },
  sendQueueBytes: { standard: 1_048_576, words: 'unread bytes before a slow reader is dropped' },
  headerBytes: { standard: 8_192, words: 'bytes of HTTP headers' },
  headers: { standard: 60, words: 'HTTP headers of one request' },
  answerBytesPerSecond: { standard: 16_384, words: 'bytes a second that an HTTP answer must be read with at least' },
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
