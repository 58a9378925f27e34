/** A server that breaks the contract: reported, and `unsupported_version` to whoever asked, for so a later one looks. */
export class ContractBreach extends Error {
  override readonly name = 'ContractBreach'
}

const mostPerMinute = 10

/** A hostile server can break the contract a million times; a few reports say it all. */
export function sparingly(report: (error: unknown) => void, now: () => number): (error: unknown) => void {
  let minute = 0
  let count = 0
  return (error) => {
    if (!(error instanceof ContractBreach)) {
      report(error)
      return
    }
    const current = Math.floor(now() / 60_000)
    count = current === minute ? count + 1 : 1
    minute = current
    if (count <= mostPerMinute) report(error)
  }
}
