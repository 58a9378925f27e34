import { createLowlight } from 'lowlight'
import bash from 'highlight.js/lib/languages/bash'
import c from 'highlight.js/lib/languages/c'
import cpp from 'highlight.js/lib/languages/cpp'
import csharp from 'highlight.js/lib/languages/csharp'
import css from 'highlight.js/lib/languages/css'
import diff from 'highlight.js/lib/languages/diff'
import go from 'highlight.js/lib/languages/go'
import ini from 'highlight.js/lib/languages/ini'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import kotlin from 'highlight.js/lib/languages/kotlin'
import markdown from 'highlight.js/lib/languages/markdown'
import php from 'highlight.js/lib/languages/php'
import powershell from 'highlight.js/lib/languages/powershell'
import python from 'highlight.js/lib/languages/python'
import ruby from 'highlight.js/lib/languages/ruby'
import rust from 'highlight.js/lib/languages/rust'
import sql from 'highlight.js/lib/languages/sql'
import swift from 'highlight.js/lib/languages/swift'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'

export interface CodePiece {
  readonly text: string
  /** What kind of word it is; empty for the rest. */
  readonly role: CodeRole
}
export type CodeRole = '' | 'keyword' | 'string' | 'number' | 'comment' | 'name' | 'type'

const { highlight: read, registered } = createLowlight({
  ...{ bash, c, cpp, csharp, css, diff, go, ini, java, javascript, json, kotlin, markdown, php, powershell, python },
  ...{ ruby, rust, sql, swift, typescript, xml, yaml },
})

const longest = 8_192
// Grammars take quadratic time on what is nested deeper than anybody writes.
const deepest = 32
const brackets = /[([{}\])]/g

/** Code as words with a role; undefined for a language nobody here knows, or more than is quickly read. */
export function highlight(code: string, language: string): readonly CodePiece[] | undefined {
  if (code.length > longest || !registered(language) || isTooDeep(code)) return undefined
  return [...piecesIn(read(language, code).children, '')]
}

function isTooDeep(code: string): boolean {
  let depth = 0
  for (const [bracket] of code.matchAll(brackets)) {
    depth = Math.max(0, depth + ('([{'.includes(bracket) ? 1 : -1))
    if (depth > deepest) return true
  }
  return false
}

type Nodes = ReturnType<typeof read>['children']

function* piecesIn(nodes: Nodes, role: CodeRole): Generator<CodePiece> {
  for (const node of nodes) {
    if (node.type === 'text') yield { text: node.value, role }
    else if (node.type === 'element') yield* piecesIn(node.children, roleOf(node.properties.className) ?? role)
  }
}

const roles: readonly (readonly [RegExp, CodeRole])[] = [
  [/^hljs-(?:comment|quote|meta|doctag)$/, 'comment'],
  [/^hljs-(?:keyword|selector-tag|literal|tag|section|deletion)$/, 'keyword'],
  [/^hljs-(?:string|regexp|addition|link|code|template-variable)$/, 'string'],
  [/^hljs-(?:number|symbol|bullet|variable)$/, 'number'],
  [/^hljs-(?:title|name|function|selector-id|selector-class)$/, 'name'],
  [/^hljs-(?:type|class|built_in|attr|attribute|property|params)$/, 'type'],
]

function roleOf(names: unknown): CodeRole | undefined {
  if (!Array.isArray(names)) return undefined
  return roles.find(([pattern]) => names.some((name) => pattern.test(String(name))))?.[1]
}
