export interface ByteRange {
  start: number
  /** The last byte, which belongs to it. */
  end: number
}

/**
 * What a `Range` header asks of a file; `all` where it asks for what we need not understand, `none` where there are no
 * such bytes. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests
 */
export function readRange(header: string | undefined, size: number): ByteRange | 'all' | 'none' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '')
  const [, first = '', last = ''] = match ?? []
  if (first === '' && last === '') return 'all'

  if (first === '') return Number(last) === 0 ? 'none' : { start: Math.max(0, size - Number(last)), end: size - 1 }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (last !== '' && Number(last) < start) return 'all'
  return start >= size ? 'none' : { start, end }
}
