import type { Client, ClientOptions } from './door'

/** Keeps rooms on many servers in step: connects, resumes, and delivers what was written, whatever breaks in between. */
export function createClient(_options: ClientOptions): Client {
  throw new Error('not built yet')
}
