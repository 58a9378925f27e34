const list = new Intl.ListFormat('en', { type: 'conjunction' })

export const listed = (names: readonly string[]): string => list.format(names)
export const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`
