// Checks electron-builder.yml for every platform it names.
import { packagingProblem } from './packaging/check-packaging.mjs'
import { root, script, SetupError } from './running/run-command.mjs'

await script(async () => {
  const problem = await packagingProblem(root)
  if (problem !== undefined) throw new SetupError(problem)
  process.stdout.write('electron-builder.yml is valid for Linux, Windows and macOS.\n')
})
