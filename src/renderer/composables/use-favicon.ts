import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue'

const side = 64
const mostShown = 99

/** Shows the unread count on the page's icon. */
export function useFavicon(count: MaybeRefOrGetter<number>, page: Document = document) {
  const link = page.querySelector<HTMLLinkElement>('link[rel=icon]')
  const plain = link?.href ?? ''
  let drawn: string | undefined

  function show(href: string) {
    if (drawn !== undefined) URL.revokeObjectURL(drawn)
    drawn = href === plain ? undefined : href
    if (link) link.href = href
  }

  watch(
    () => toValue(count),
    async (unread) => {
      const picture = unread === 0 ? null : await drawIcon(plain, unread, page)
      if (unread === 0) show(plain)
      else if (picture && toValue(count) === unread) show(URL.createObjectURL(picture))
    },
    { immediate: true },
  )
  onScopeDispose(() => show(plain))
}

async function drawIcon(href: string, unread: number, page: Document): Promise<Blob | null> {
  const canvas = page.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (!pen) return null
  canvas.width = canvas.height = side
  const icon = new Image(side, side)
  icon.src = href
  await icon.decode().catch(() => undefined)
  if (icon.naturalWidth > 0) pen.drawImage(icon, 0, 0, side, side)
  pen.fillStyle = '#b3261e'
  pen.beginPath()
  pen.arc(42, 22, 22, 0, 2 * Math.PI)
  pen.fill()
  pen.fillStyle = '#ffffff'
  pen.font = `bold ${unread > 9 ? 26 : 34}px system-ui`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillText(unread > mostShown ? '99' : String(unread), 42, 24)
  return new Promise((resolve) => canvas.toBlob(resolve))
}
