const { rmSync } = require('node:fs')
const { join } = require('node:path')

/** A runtime taken from a directory brings files along that belong to development alone. */
exports.default = ({ appOutDir }) => {
  for (const file of ['resources/default_app.asar', 'version', 'runtime-version']) {
    rmSync(join(appOutDir, file), { force: true })
  }
}
