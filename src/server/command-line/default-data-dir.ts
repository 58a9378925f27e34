import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where a server keeps its rooms when nobody says. https://specifications.freedesktop.org/basedir-spec/latest/ */
export function defaultDataDir(env: NodeJS.ProcessEnv, home: string = homedir()): string {
  const shared = env['XDG_DATA_HOME']
  // The specification has relative paths ignored.
  return join(shared?.startsWith('/') ? shared : join(home, '.local', 'share'), 'parlor')
}
