/** The one platform global this folder uses; every runtime Parlor runs on has it (WHATWG URL). */
declare class URL {
  constructor(url: string, base?: string)
  readonly href: string
  readonly origin: string
  readonly protocol: string
  readonly username: string
  readonly password: string
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly searchParams: { keys(): Iterable<string> }
}
