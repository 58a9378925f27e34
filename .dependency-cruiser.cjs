/** Who may import whom; docs/architecture.md says why. */
const only = (from, allowed) => ({
  name: `${from}-imports-only-${allowed.join('-') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: `^src/(${[from, ...allowed].join('|')})(/|$)` },
})
const bans = (from, packages) => ({
  name: `${from}-stays-clear-of-${packages.join('-').replace(/[^a-z-]/g, '')}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: packages.map((name) => `(^|node_modules/)${name}(/|$)`) },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('shared', []),
    only('server', ['shared']),
    only('client', ['shared']),
    only('preload', ['shared']),
    only('main', ['shared', 'client', 'server']),
    only('renderer', ['shared', 'client']),
    {
      name: 'only-hosting-knows-the-server',
      severity: 'error',
      from: { path: '^src/main/', pathNot: '^src/main/hosting/' },
      to: { path: '^src/server/' },
    },
    {
      name: 'only-the-web-platform-knows-the-client',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: '^src/renderer/platform/web' },
      to: { path: '^src/client/' },
    },
    {
      name: 'through-the-doors',
      severity: 'error',
      from: { path: '^src/(main|renderer)/' },
      to: { path: '^src/(client|server)/', pathNot: '^src/(client|server)/index\\.ts$' },
    },
    bans('shared', ['electron', 'vue', 'pinia', 'socket\\.io', 'socket\\.io-client']),
    bans('server', ['electron', 'vue', 'pinia', 'socket\\.io-client']),
    bans('client', ['electron', 'vue', 'pinia', 'socket\\.io']),
    bans('renderer', ['electron', 'socket\\.io-client', 'socket\\.io']),
    bans('main', ['vue', 'pinia', 'socket\\.io-client', 'socket\\.io']),
    {
      name: 'no-node-outside-node',
      severity: 'error',
      from: { path: '^src/(shared|client|renderer)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-door-to-the-network',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/client/transport/' },
      to: { path: 'node_modules/(socket\\.io-client|tus-js-client)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.mjs', '.js', '.json'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
