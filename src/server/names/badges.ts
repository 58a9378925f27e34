/** What the interface of some product, ours included, uses to say that somebody is verified or in charge. */
const badges = new Set(Array.from('✓✔☑✅🗸🗹√★☆⭐🌟✪✩✫✬✭✮✯✰✦✧⭑⭒⋆🟊👑♔♕♚♛🛡🔰⚜🎖🏅🥇🥈🥉🏆🔱⛨⛊⛉™®©℠'))

export const hasBadge = (name: string): boolean => Array.from(name).some((character) => badges.has(character))
