import { defineAsyncComponent, h, type AsyncComponentLoader } from 'vue'

type Parts = typeof import('./after-first-message')

const retryMs = 2_000

/** Keeps the place of a button, so that nothing moves when it comes. */
const ButtonPlace = () => h('span', { class: 'icon-button', 'aria-hidden': true })

/** What nobody needs before the first message is on screen. */
function later<Name extends keyof Parts>(name: Name, isButton = false): Parts[Name] {
  const loader = (async () => (await import('./after-first-message'))[name]) as AsyncComponentLoader<Parts[Name]>
  return defineAsyncComponent({
    loader,
    delay: 0,
    ...(isButton && { loadingComponent: ButtonPlace }),
    // The server is away, and will be back.
    onError: (_error, retry) => void setTimeout(retry, retryMs),
  })
}

export const ConfirmDialog = later('ConfirmDialog')
export const DeleteDialog = later('DeleteDialog')
export const DropVeil = later('DropVeil')
export const EmojiButton = later('EmojiButton', true)
export const FileTray = later('FileTray')
export const LightBox = later('LightBox')
export const MemberMenu = later('MemberMenu', true)
export const MessageActions = later('MessageActions')
export const RoomMenu = later('RoomMenu', true)
export const RoomSwitcher = later('RoomSwitcher')
export const SettingsMenu = later('SettingsMenu', true)
export const SharePopover = later('SharePopover', true)
export const ShortcutHelp = later('ShortcutHelp')
export const SidePanel = later('SidePanel')
export const ToastList = later('ToastList')
export const VoiceBar = later('VoiceBar')

const loadSaidFiles = () => import('./SaidFiles.vue')

/** What comes with messages. Loaded once for all rows: one that shows nothing at first changes its height later. */
export const SaidFiles = defineAsyncComponent(loadSaidFiles)

/** Has what messages come with at hand before one comes. Where the server is away, the first one asks again. */
export const preloadSaidFiles = () => void loadSaidFiles().catch(() => undefined)
