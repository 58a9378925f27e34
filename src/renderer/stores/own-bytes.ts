import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import type { FileId } from '#shared/protocol/ids'

const mostKept = 40
const largestKept = 20_000_000

/** The bytes of files sent from this window a moment ago: what shows them asks no server for them. */
export const useOwnBytes = defineStore('own-bytes', () => {
  const byFile = shallowReactive(new Map<FileId, Blob>())

  const of = (fileId: FileId | undefined): Blob | undefined => (fileId ? byFile.get(fileId) : undefined)

  function keep(fileId: FileId, bytes: Blob) {
    if (bytes.size > largestKept) return
    byFile.set(fileId, bytes)
    const [oldest] = byFile.keys()
    if (byFile.size > mostKept && oldest !== undefined) byFile.delete(oldest)
  }

  return { of, keep }
})
