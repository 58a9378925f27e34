const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** What goes by a name with the typed words in it: first those that begin with them. */
export function findByName<Named extends { name: string }>(all: readonly Named[], typed: string): readonly Named[] {
  const wanted = fold(typed.trim())
  if (wanted === '') return all
  const rank = (name: string) => {
    const place = ` ${name}`.indexOf(` ${wanted}`)
    return name.startsWith(wanted) ? 0 : place >= 0 ? 1 : name.includes(wanted) ? 2 : 3
  }
  return all
    .map((one) => ({ one, rank: rank(fold(one.name)) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one)
}
