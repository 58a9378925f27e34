import type { Page } from '@playwright/test'

export type Outbreaks = () => Promise<string[]>

/**
 * Collects what only a text that came alive could do: dialogs, requests elsewhere, further pages, broken policies, and
 * elements or attributes that no part of the interface has.
 */
export async function watchOutbreaks(page: Page): Promise<Outbreaks> {
  const outbreaks: string[] = []
  const own = new URL(page.url())
  page.on('dialog', (dialog) => {
    outbreaks.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    // Made in the page, and read from its memory.
    if (protocol === 'blob:') return
    if (protocol !== own.protocol || host !== own.host) outbreaks.push(`request ${request.url()}`)
  })
  page.on('popup', (popup) => outbreaks.push(`popup ${popup.url()}`))
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame() || new URL(frame.url()).host !== own.host) outbreaks.push(`frame ${frame.url()}`)
  })
  await page.evaluate(watchInPage)
  return async () => [
    ...new Set([...outbreaks, ...(await page.evaluate(() => Reflect.get(globalThis, 'outbreaks') as string[]))]),
  ]
}

/** Runs in the page: whatever enters the document is looked at, however shortly it is there. */
function watchInPage() {
  const outbreaks: string[] = []
  const never = 'script, iframe, object, embed, base, meta, style, video, audio, math, template, noscript, details'
  const schemes = new Set(['http:', 'https:', 'mailto:', location.protocol])

  function lookAtAttributes(element: Element) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on') || name === 'srcdoc') outbreaks.push(`attribute ${name} on ${element.localName}`)
      const leads = name === 'href' || name === 'src' || name === 'action' || name === 'xlink:href'
      if (leads && !schemes.has(new URL(value, location.href).protocol)) outbreaks.push(`leads to ${value}`)
    }
  }
  function lookInto(node: Node) {
    if (!(node instanceof Element)) return
    for (const element of [node, ...node.querySelectorAll('*')]) {
      if (element.matches(never)) outbreaks.push(`element ${element.localName}`)
      lookAtAttributes(element)
    }
  }
  new MutationObserver((changes) => {
    for (const { addedNodes, target } of changes) {
      if (target instanceof Element) lookAtAttributes(target)
      addedNodes.forEach(lookInto)
    }
  }).observe(document.body, { subtree: true, childList: true, attributes: true })
  addEventListener('securitypolicyviolation', ({ violatedDirective }) => outbreaks.push(`policy ${violatedDirective}`))
  Object.assign(globalThis, { outbreaks })
}
