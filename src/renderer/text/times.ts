const locale = undefined
const timeFormat = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
const fullFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' })
const weekdayFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', month: 'long', day: 'numeric' })
const yearFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'long' })
const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
const dateFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })

const oneDayMs = 86_400_000

/** `10:41`, as the reader's locale writes it. */
export const timeOf = (at: number): string => timeFormat.format(at)

/** Day, date and time in full, for a tooltip. */
export const fullTimeOf = (at: number): string => fullFormat.format(at)

/** The time today, else the date. */
export const shortTimeOf = (at: number, now: number = Date.now()): string =>
  startOfDay(at) === startOfDay(now) ? timeOf(at) : dateFormat.format(at)

/** `Today`, `Yesterday`, `Monday 3 March`, or with the year when it is another. */
export function dayOf(at: number, now: number): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / oneDayMs)
  if (days === 0 || days === -1) return capitalised(relativeDay.format(days, 'day'))
  const isThisYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return (isThisYear ? weekdayFormat : yearFormat).format(at)
}

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0)

const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
