/** What tools that cannot read a .vue file know of one; vue-tsc reads the file itself. */
declare module '*.vue' {
  import type { Component } from 'vue'
  const component: Component
  export default component
}
