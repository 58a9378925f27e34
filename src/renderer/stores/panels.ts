import { defineStore } from 'pinia'
import { ref } from 'vue'

export type Panel = 'people' | 'search' | 'pinned'
export type SearchScope = 'room' | 'everywhere'

/** What stands beside or over the conversation. */
export const usePanels = defineStore('panels', () => {
  /** On a narrow screen the panel is a sheet, and opens only when asked for. */
  const panel = ref<Panel>('people')
  const isSheetOpen = ref(false)
  const scope = ref<SearchScope>('room')
  const switches = ref(false)
  const settings = ref(false)
  const help = ref(false)
  /** What could not be copied. */
  const toCopy = ref<string>()
  /** A search was asked for, and its field has not taken the focus yet. */
  const asksToSearch = ref(false)

  function show(wanted: Panel) {
    panel.value = wanted
    isSheetOpen.value = true
  }
  function search(wanted: SearchScope) {
    scope.value = wanted
    asksToSearch.value = true
    show('search')
  }
  function close() {
    panel.value = 'people'
    isSheetOpen.value = false
  }

  return { panel, isSheetOpen, scope, switches, settings, help, toCopy, asksToSearch, show, search, close }
})
