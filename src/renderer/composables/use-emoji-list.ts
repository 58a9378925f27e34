import { createLazy } from './create-lazy'

/** Every emoji with its names; a picture book nobody needs before they look for one. */
export const useEmojiList = createLazy(() => import('../emoji/emoji-list'))
