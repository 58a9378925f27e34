import { isVNode, type VNode } from 'vue'
import { expect, test } from 'vitest'
import CodeBlock from '../../../../src/renderer/components/CodeBlock.vue'
import { drawBlocks } from '../../../../src/renderer/markup/draw'
import { readMarkdown } from '../../../../src/renderer/markup/read-markdown'
import { plainText } from '../../../../src/renderer/markup/tree'
import { ada, grace } from '../support/conversation'
import { safeLink } from '#shared/safe-link'
import { hostileTexts } from './hostile-texts'

const reader = {
  you: ada,
  members: [
    { memberId: ada, name: 'Ada' },
    { memberId: grace, name: '<img src=x onerror=alert(1)>' },
  ],
  openLink: () => undefined,
}

const attributes: Readonly<Record<string, readonly string[]>> = {
  ...{ p: ['dir'], code: ['dir'], ol: ['start'], span: ['class'], a: ['href', 'title', 'target', 'rel', 'onClick'] },
  ...{ strong: [], em: [], s: [], ul: [], li: [], blockquote: [] },
}

function* nodesIn(children: unknown): Generator<VNode> {
  for (const child of Array.isArray(children) ? (children as unknown[]) : []) {
    if (!isVNode(child)) continue
    yield child
    yield* nodesIn(child.children)
  }
}

/** Everything about a drawn message that is not an allowed element with allowed attributes. */
function faultsOf(drawn: readonly VNode[]): readonly unknown[] {
  return [...nodesIn(drawn)].filter(({ type, props }) => {
    if (type === CodeBlock) return Object.keys(props ?? {}).some((name) => !['code', 'language'].includes(name))
    const allowed = typeof type === 'string' ? attributes[type] : undefined
    if (!allowed || Object.keys(props ?? {}).some((name) => !allowed.includes(name))) return true
    return type === 'a' && safeLink(String(props?.['href']))?.href !== props?.['href']
  })
}

test('a hostile text becomes nothing but the few elements of a message', () => {
  expect(hostileTexts.length).toBeGreaterThan(250)
  const faults = hostileTexts.flatMap((text) => [
    ...faultsOf(drawBlocks(readMarkdown(text), reader)),
    ...faultsOf(drawBlocks(plainText(text), reader)),
  ])
  expect(faults).toEqual([])
})

test('an unsafe link in the tree is noticed', () => {
  const link = { kind: 'link', href: 'javascript:alert(1)', children: [] } as const
  expect(faultsOf(drawBlocks([{ kind: 'paragraph', children: [link] }], reader))).toHaveLength(1)
})

test('a mention of the reader stands out from one of somebody else', () => {
  const drawn = [...nodesIn(drawBlocks(plainText('@ada @<img src=x onerror=alert(1)>'), reader))]
  expect(drawn.slice(1).map(({ props, children }) => [String(props?.['class']), children])).toEqual([
    ['mention you', '@ada'],
    ['mention', '@<img src=x onerror=alert(1)>'],
  ])
})
