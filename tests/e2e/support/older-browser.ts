/** Runs in the page before anything of ours: takes away what Chrome 111, Safari 16.4 or Firefox 114 do not have. */
export function beOlder() {
  const { prototype: bytes } = Object.getPrototypeOf(Uint8Array) as { prototype: object }
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object
  const newer: readonly (readonly [object | undefined, readonly PropertyKey[]])[] = [
    [Intl, ['Segmenter', 'DurationFormat']],
    [URL, ['canParse', 'parse']],
    [URLSearchParams.prototype, ['size']],
    [Array, ['fromAsync']],
    [Array.prototype, ['with', 'toSorted', 'toReversed', 'toSpliced']],
    [bytes, ['with', 'toSorted', 'toReversed']],
    [Uint8Array, ['fromBase64', 'fromHex']],
    [Uint8Array.prototype, ['toBase64', 'toHex', 'setFromBase64', 'setFromHex']],
    [ArrayBuffer.prototype, ['transfer', 'transferToFixedLength', 'resize']],
    [String.prototype, ['isWellFormed', 'toWellFormed']],
    [Object, ['groupBy']],
    [Map, ['groupBy']],
    [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
    [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf']],
    [Set.prototype, ['isDisjointFrom']],
    [Promise, ['withResolvers', 'try']],
    [RegExp, ['escape']],
    [Error, ['isError']],
    [Math, ['f16round', 'sumPrecise']],
    [iterators, ['map', 'filter', 'take', 'drop', 'flatMap', 'reduce', 'toArray', 'forEach', 'some', 'every', 'find']],
    [AbortSignal, ['any']],
    [Blob.prototype, ['bytes']],
    [Response.prototype, ['bytes']],
    [ReadableStream, ['from']],
    [ReadableStream.prototype, ['values', Symbol.asyncIterator]],
    [IDBFactory.prototype, ['databases']],
    [Document.prototype, ['startViewTransition', 'caretPositionFromPoint']],
    [Document, ['parseHTMLUnsafe']],
    [Element.prototype, ['checkVisibility', 'setHTMLUnsafe', 'getHTML', 'setHTML', 'moveBefore', 'ariaNotify']],
    [HTMLElement.prototype, ['showPopover', 'hidePopover', 'togglePopover', 'popover']],
    [globalThis, ['Iterator', 'CloseWatcher', 'EditContext', 'Highlight', 'navigation', 'scheduler', 'onscrollend']],
    [globalThis, ['requestIdleCallback', 'cancelIdleCallback', 'DisposableStack', 'AsyncDisposableStack']],
  ]
  for (const [owner, names] of newer) for (const name of names) if (owner) Reflect.deleteProperty(owner, name)
}
