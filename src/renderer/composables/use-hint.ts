import { createLazy } from './create-lazy'

/** What draws pictures before they are there. */
export const useHint = createLazy(async () => (await import('../files/hint')).readHint)
