import { onScopeDispose, readonly, ref, type Ref } from 'vue'

const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
const overDialog = (event: DragEvent): boolean =>
  event.target instanceof Element && event.target.closest('dialog, [role=dialog], [role=alertdialog]') !== null

/** Takes files that are dropped anywhere in the window; true while some hover over it. */
export function useFileDrop(dropped: (files: FileList) => void, page: Document = document): Readonly<Ref<boolean>> {
  const isOver = ref(false)

  function over(event: DragEvent) {
    if (!holdsFiles(event)) return
    // Else the browser would leave the page for the file.
    event.preventDefault()
    isOver.value = !overDialog(event)
    if (event.dataTransfer) event.dataTransfer.dropEffect = isOver.value ? 'copy' : 'none'
  }
  function leave(event: DragEvent) {
    if (event.relatedTarget === null) isOver.value = false
  }
  function drop(event: DragEvent) {
    if (!holdsFiles(event)) return
    event.preventDefault()
    isOver.value = false
    if (!overDialog(event) && event.dataTransfer) dropped(event.dataTransfer.files)
  }

  const listeners = { dragenter: over, dragover: over, dragleave: leave, drop }
  for (const [name, listener] of Object.entries(listeners)) page.addEventListener(name, listener as EventListener)
  onScopeDispose(() => {
    for (const [name, listener] of Object.entries(listeners)) page.removeEventListener(name, listener as EventListener)
  })
  return readonly(isOver)
}
