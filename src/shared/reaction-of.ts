import type { Reaction } from './protocol/entities'

const bare = (emoji: string): string => emoji.replaceAll('\uFE0F', '')

/** The reaction that an emoji joins: ❤ and ❤️ are one, but where there are both from earlier each is its own. */
export const reactionOf = (reactions: readonly Reaction[], emoji: string): Reaction | undefined =>
  reactions.find((one) => one.emoji === emoji) ?? reactions.find((one) => bare(one.emoji) === bare(emoji))
