import { defineAsyncComponent, h, type AsyncComponentLoader, type VNode } from 'vue'

type Parts = typeof import('./after-first-message')

const retryMs = 2_000

/** Keeps the place of a button, so that nothing moves when it comes. */
const ButtonPlace = () => h('span', { class: 'icon-button', 'aria-hidden': true })
const MainButtonPlace = () => h('span', { class: 'icon-button main', 'aria-hidden': true })

/** What nobody needs before the first message is on screen. */
function later<Name extends keyof Parts>(name: Name, place?: () => VNode): Parts[Name] {
  const loader = (async () => (await import('./after-first-message'))[name]) as AsyncComponentLoader<Parts[Name]>
  return defineAsyncComponent({
    loader,
    delay: 0,
    ...(place && { loadingComponent: place }),
    // The server is away, and will be back.
    onError: (_error, retry) => void setTimeout(retry, retryMs),
  })
}

export const ConfirmDialog = later('ConfirmDialog')
export const CopyDialog = later('CopyDialog')
export const DeleteDialog = later('DeleteDialog')
export const DropVeil = later('DropVeil')
export const EmojiButton = later('EmojiButton', ButtonPlace)
export const FileTray = later('FileTray')
export const LightBox = later('LightBox')
export const MemberMenu = later('MemberMenu', ButtonPlace)
export const MessageActions = later('MessageActions')
export const MishapNotices = later('MishapNotices')
export const PinnedPanel = later('PinnedPanel')
export const RoomMenu = later('RoomMenu', ButtonPlace)
export const RoomSwitcher = later('RoomSwitcher')
export const SearchPanel = later('SearchPanel')
export const SettingsMenu = later('SettingsMenu', ButtonPlace)
export const SharePopover = later('SharePopover', ButtonPlace)
export const ShortcutHelp = later('ShortcutHelp')
export const SidePanel = later('SidePanel')
export const ToastList = later('ToastList')
export const VoiceBar = later('VoiceBar')
export const VoiceButton = later('VoiceButton', MainButtonPlace)

const loadSaidFiles = () => import('./SaidFiles.vue')

/** What comes with messages. Loaded once for all rows: one that shows nothing at first changes its height later. */
export const SaidFiles = defineAsyncComponent(loadSaidFiles)

const fileParts = [loadSaidFiles, () => import('../files/read-looks'), () => import('../files/record')]

/** Has at hand what files need before one comes or is chosen: the server may be away by then. */
export function preloadFileParts() {
  for (const load of fileParts) load().catch(() => undefined)
}
