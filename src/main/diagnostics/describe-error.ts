/** What a log may say of an error: its kind, its code and where it was thrown. Its sentence may hold what people wrote. */
export function describeError(error: unknown): { name: string; code: string; stack: string } {
  if (!(error instanceof Error)) return { name: typeof error, code: '', stack: '' }
  const { code } = error as NodeJS.ErrnoException
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name: error.name,
    code: typeof code === 'string' ? code : '',
    stack: frames.slice(0, 12).join('\n').slice(0, 2_000),
  }
}
