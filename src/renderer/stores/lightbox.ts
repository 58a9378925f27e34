import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { FileId } from '#shared/protocol/ids'

/** The picture that is shown large; undefined when none is. */
export const useLightbox = defineStore('lightbox', () => {
  const shown = ref<FileId>()

  const open = (fileId: FileId) => void (shown.value = fileId)
  const close = () => void (shown.value = undefined)

  return { shown, open, close }
})
