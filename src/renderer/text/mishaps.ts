import type { Mishap } from '#shared/bridge'

/** What was found amiss on this computer: what happened, what was kept. */
export const mishapWords: Readonly<Record<Mishap['kind'], { title: string; text: string }>> = {
  rooms_damaged: {
    title: 'The list of your rooms was damaged',
    text: 'Whatever could be read was kept. If a room is missing, join it again with its code; what waited to be sent may be lost.',
  },
  settings_damaged: {
    title: 'The settings were damaged',
    text: 'Whatever could be read was kept, and rooms hosted here go on. Look through the settings once.',
  },
  sign_ins_unreadable: {
    title: 'Some sign-ins cannot be opened',
    text: "This system's keyring does not open them now. They are kept for when it does; until then rooms elsewhere may ask for your name again.",
  },
  not_writable: {
    title: 'This computer cannot keep anything now',
    text: "Parlor's folder is full or write-protected, so what you write is not kept. Free some space or make the folder writable.",
  },
}

export const mishapLabels = {
  region: 'What was found on this computer',
  copyIn: 'The damaged file is kept here:',
  close: 'Close',
  closeOf: (title: string) => `Close: ${title}`,
}
