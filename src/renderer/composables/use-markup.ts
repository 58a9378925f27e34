import { createLazy } from './create-lazy'

/** What reads markup; most messages have none. */
export const useMarkdown = createLazy(async () => (await import('../markup/read-markdown')).readMarkdown)

/** What colours code by the name of its language. */
export const useHighlighter = createLazy(async () => (await import('../markup/highlight')).highlight)
