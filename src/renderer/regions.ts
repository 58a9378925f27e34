const focusable = 'a[href], button:not([disabled]), input, textarea, select, [tabindex="0"]'

/** Moves the focus from one `data-region` of the page to the next, around and around. */
export function focusNextRegion(step: -1 | 1, page: Document = document) {
  const regions = [...page.querySelectorAll<HTMLElement>('[data-region]')]
  const found = regions.findIndex((region) => region.contains(page.activeElement))
  const here = found < 0 && step === -1 ? 0 : found
  for (let offset = 1; offset <= regions.length; offset++) {
    const region = regions.at((here + step * offset) % regions.length)
    const target = region?.matches(focusable) ? region : region?.querySelector<HTMLElement>(focusable)
    if (!target) continue
    target.focus()
    return
  }
}
