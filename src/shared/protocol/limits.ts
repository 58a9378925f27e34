/** What one message, name or page may measure. Rates are the operator's settings and live in the server. */
export const limits = {
  messageGraphemes: 4_000,
  messageBytes: 16_384,
  nameGraphemes: 32,
  nameBytes: 128,
  titleGraphemes: 100,
  titleBytes: 400,
  historyPage: 100,
  changesPage: 500,
  /** A page of a room's history ends here, however many messages those are; one is always sent. */
  pageBytes: 524_288,
  emojiPerMessage: 20,
  /** Of them, those that one member may be the first to give. */
  emojiPerMember: 5,
  /** With one emoji: memberships end, and their reactions stay. */
  reactionsPerEmoji: 1_000,
  pinsPerRoom: 100,
  /** Members in one answer: what they measure is bounded by their names. */
  membersPage: 200,
  /** People one person may have blocked on one server: every entry lists them. */
  blocksPerPerson: 1_000,
  /** Members of a room in which people are told who has read how far. */
  readsMembers: 20,
  /** Files that may come with one message, thumbnails not counted. */
  filesPerMessage: 10,
  fileNameBytes: 255,
  waveformBars: 64,
  /** Nobody knows how large a thumbnail is before it is decoded, so all are small. */
  thumbnailPixels: 1_000_000,
  thumbnailBytes: 262_144,
  /** The most of a file that is handed over or sent at a time. */
  filePieceBytes: 1_048_576,
  packetBytes: 65_536,
  /** By so much a server's clock may be set back without its messages showing it. */
  hiddenClockStepMs: 300_000,
} as const
