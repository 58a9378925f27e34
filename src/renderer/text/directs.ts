export const directWords = {
  label: 'Direct messages',
  message: (name: string) => `Message ${name}`,
  verb: 'Message',
  block: 'Block',
  unblock: 'Unblock',
  blocked: 'blocked',
  more: (name: string) => `More about ${name}`,
  blockTitle: (name: string) => `Block ${name}?`,
  blockText: 'Their messages are folded away, and they cannot write to you alone, mention you or show that they write.',
  truth: (name: string) => `Only you and ${name} are in here`,
  beginning: (name: string) => `This is the beginning of what you and ${name} write to each other.`,
}
