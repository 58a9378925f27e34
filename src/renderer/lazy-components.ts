import { defineAsyncComponent } from 'vue'

const loadSaidFiles = () => import('./components/SaidFiles.vue')

/** What comes with messages. Loaded once for all rows: one that shows nothing at first changes its height later. */
export const SaidFiles = defineAsyncComponent(loadSaidFiles)
export const DropVeil = defineAsyncComponent(() => import('./components/DropVeil.vue'))
export const FileTray = defineAsyncComponent(() => import('./components/FileTray.vue'))
export const LightBox = defineAsyncComponent(() => import('./components/LightBox.vue'))
export const VoiceBar = defineAsyncComponent(() => import('./components/VoiceBar.vue'))

/** Has what messages come with at hand before one comes. Where the server is away, the first one asks again. */
export const preloadSaidFiles = () => void loadSaidFiles().catch(() => undefined)
