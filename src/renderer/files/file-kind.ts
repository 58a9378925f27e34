import type { OwnFile } from '#shared/bridge'
import type { Attachment, FileLooks, FileType } from '#shared/protocol/files'
import type { FileId } from '#shared/protocol/ids'

/** How a file is shown. Everything that is not on the list of types is a card. */
export type FileKind = 'picture' | 'video' | 'sound' | 'voice' | 'card'

/** Decoded, a pixel takes four bytes: a picture of a few hundred kilobytes can ask for gigabytes. */
export const mostPixels = 40_000_000

type Shape = { type: FileType } & Pick<FileLooks, 'width' | 'height' | 'waveform'>

export const isPicture = ({ type }: { type: FileType }): boolean => type.startsWith('image/')

export function kindOf(file: Shape): FileKind {
  const { type, width = 0, height = 0, waveform } = file
  if (isPicture(file)) return width > 0 && height > 0 && width * height <= mostPixels ? 'picture' : 'card'
  // A container for video may hold sound alone, as recorders make it.
  if (waveform && /^(?:audio|video)\//.test(type)) return 'voice'
  if (type.startsWith('video/')) return 'video'
  return type.startsWith('audio/') ? 'sound' : 'card'
}

/** A file of ours as everybody will see it. */
export const attachmentOf = ({ fileId, name, type, size, looks }: OwnFile, thumbnailId?: FileId): Attachment => ({
  fileId,
  name,
  type,
  size,
  ...looks,
  ...(thumbnailId && { thumbnailId }),
})

/** The files among `files` that people chose, each with its thumbnail. */
export const attachmentsOf = (files: readonly OwnFile[]): readonly Attachment[] =>
  files
    .filter(({ thumbnailOf }) => thumbnailOf === undefined)
    .map((file) => attachmentOf(file, files.find(({ thumbnailOf }) => thumbnailOf === file.fileId)?.fileId))
