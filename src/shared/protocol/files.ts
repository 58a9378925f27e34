import * as v from 'valibot'
import { FileId, Time } from './ids'
import { limits } from './limits'
import { FileName } from './text'

/**
 * What a file is to whoever opens it, found in its first bytes by the server and never taken from the sender's word.
 * Everything that is not on this list is `application/octet-stream`.
 */
export const fileTypes = [
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'audio/mpeg',
  'audio/mp4',
  'audio/ogg',
  'audio/wav',
  'audio/webm',
  'video/mp4',
  'video/webm',
  'application/pdf',
  'application/octet-stream',
] as const
export const FileType = v.picklist(fileTypes)
export type FileType = v.InferOutput<typeof FileType>

const Pixels = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(100_000))

const looks = {
  width: v.optional(Pixels),
  height: v.optional(Pixels),
  /** A thumbhash in base64: what an image looks like before it is there. https://evanw.github.io/thumbhash/ */
  preview: v.optional(v.pipe(v.string(), v.maxLength(64), v.regex(/^[A-Za-z0-9+/]+={0,2}$/))),
  durationMs: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(86_400_000))),
  /** The loudness of a voice note over its length, from 0 to 100. It makes the file a voice note. */
  waveform: v.optional(
    v.pipe(
      v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(100))),
      v.minLength(1),
      v.maxLength(limits.waveformBars),
    ),
  ),
}

/** What a sender says of a file besides its bytes. Width and height of an image are measured by the server instead. */
export const FileLooks = v.strictObject(looks)
export type FileLooks = v.InferOutput<typeof FileLooks>

/** A file that came with a message. `thumbnailId` is a smaller picture of it; after `expiresAt` its bytes are gone. */
export const Attachment = v.object({
  fileId: FileId,
  name: FileName,
  type: FileType,
  size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  ...looks,
  thumbnailId: v.optional(FileId),
  expiresAt: v.optional(Time),
})
export type Attachment = v.InferOutput<typeof Attachment>
