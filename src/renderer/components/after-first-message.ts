// One part of the build: whatever floats above the conversation comes together, or a menu would still be on its way
// when the server is not there any more.
export { default as ConfirmDialog } from './ConfirmDialog.vue'
export { default as DeleteDialog } from './DeleteDialog.vue'
export { default as EmojiButton } from './EmojiButton.vue'
export { default as MemberMenu } from './MemberMenu.vue'
export { default as MessageActions } from './MessageActions.vue'
export { default as RoomMenu } from './RoomMenu.vue'
export { default as RoomSwitcher } from './RoomSwitcher.vue'
export { default as SettingsMenu } from './SettingsMenu.vue'
export { default as SharePopover } from './SharePopover.vue'
export { default as ShortcutHelp } from './ShortcutHelp.vue'
export { default as SidePanel } from './SidePanel.vue'
export { default as ToastList } from './ToastList.vue'
