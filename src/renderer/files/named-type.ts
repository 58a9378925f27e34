import { fileTypes, type FileType } from '#shared/protocol/files'

const otherNames: Readonly<Record<string, FileType>> = {
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-m4a': 'audio/mp4',
  'audio/mp3': 'audio/mpeg',
  'audio/opus': 'audio/ogg',
}

/** What a file is by its name, or by who made it. By that alone it is never an image. */
export function namedType(named: string): FileType {
  const plain = named.split(';')[0] ?? ''
  const type = otherNames[plain] ?? fileTypes.find((known) => known === plain) ?? 'application/octet-stream'
  return type.startsWith('image/') ? 'application/octet-stream' : type
}
