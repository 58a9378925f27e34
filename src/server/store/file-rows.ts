import type { FileLooks, FileType } from '#shared/protocol/files'
import type { FileId, MemberId, RoomId, Sha256 } from '#shared/protocol/ids'

export interface NewFile {
  roomId: RoomId
  memberId: MemberId
  fileId: FileId
  name: string
  size: number
  sha256: Sha256
  looks?: FileLooks
  at: number
  most: MostFiles
  /** To other files that were announced. */
  promised?: Promised
}

/** Bytes that may be kept, and files of one member that have not come whole. */
export interface MostFiles {
  ofMember: number
  inAll: number
  unfinished: number
}

/** Bytes that were promised to files announced and not being sent. */
export interface Promised {
  ofMember: number
  inAll: number
}

export interface StoredFile {
  fileId: FileId
  roomId: RoomId
  /** Whose it is. */
  memberId: MemberId
  name: string
  size: number
  sha256: Sha256
  type: FileType
  isVoice: boolean
  /** The bytes are here. */
  isStored: boolean
}

type Asked = { roomId: RoomId; memberId: MemberId; fileId: FileId }

/** What the store knows of files. Their bytes are not its business. */
export interface FileRows {
  /**
   * `isStored` when the bytes are here, of a file of theirs or one they could open: then it is complete. Refuses
   * `conflict` when the id stands for another file, `storage_full`.
   */
  addFile: (draft: NewFile) => Promise<{ isStored: boolean }>
  /** Refuses `conflict` when a message has it. */
  dropFile: (by: Asked) => Promise<void>
  completeFile: (file: {
    fileId: FileId
    at: number
    type: FileType
    measures?: { width: number; height: number }
  }) => Promise<boolean>
  /** Files that are being sent, for which there is room kept. */
  reservedFiles: () => Promise<FileId[]>
  /** They are not being sent any more: they go on counting as what has come. */
  releaseFiles: (halted: readonly { fileId: FileId; received: number }[]) => Promise<void>
  /** Keeps room for all of it, or refuses `storage_full`. */
  reserveFile: (file: { fileId: FileId; most: MostFiles }) => Promise<void>
  findFile: (fileId: FileId) => Promise<StoredFile | undefined>
  /** For its owner while they are in its room. */
  ownFile: (of: { memberId: MemberId; fileId: FileId }) => Promise<StoredFile | undefined>
  /** For its owner, and for the members of its room once a message has it. */
  openableFile: (of: Asked) => Promise<StoredFile>
  /** Whether any file is of these bytes. */
  isKept: (sha256: Sha256) => Promise<boolean>
  /** What the disk should have, with the size of each. */
  keptBytes: () => Promise<{ blobs: Map<Sha256, number>; uploads: FileId[] }>
  /** These bytes are no longer on the disk. */
  loseBytes: (gone: { blobs: readonly Sha256[] }) => Promise<void>
  /** Deletes what no message took, and what was sent too long ago. */
  deleteOldFiles: (times: { passedMs: number; keepUnsentMs: number; keepSentMs: number }) => Promise<void>
}
