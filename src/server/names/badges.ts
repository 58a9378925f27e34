/** What the interface of some product, ours included, uses to say that somebody is verified or in charge. */
const badges = new Set('✓✔☑✅🗸🗹√★☆⭐🌟✪✩✫✬✭✮✯✰✦✧⭑⭒⋆🟊👑♔♕♚♛🛡🔰⚜🎖🏅🥇🥈🥉🏆🔱⛨⛊⛉™®©℠')

export const hasBadge = (name: string): boolean => [...name].some((character) => badges.has(character))
