/** The part of linkify-it that Parlor uses; the package carries no types. */
declare module 'linkify-it' {
  export interface LinkMatch {
    readonly index: number
    readonly lastIndex: number
    readonly text: string
    readonly raw: string
    readonly url: string
  }
  export default class LinkifyIt {
    constructor(
      schemas?: Record<string, unknown>,
      options?: { fuzzyLink?: boolean; fuzzyEmail?: boolean; fuzzyIP?: boolean },
    )
    add(schema: string, definition: null | string): this
    match(text: string): LinkMatch[] | null
    matchAtStart(text: string): LinkMatch | null
  }
}
