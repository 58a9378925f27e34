import type { News } from '#shared/bridge'
import type { Message } from '#shared/protocol/entities'
import { mergeBySeq } from '../../../src/renderer/conversation/merge-by-seq'

export type Merge = typeof mergeBySeq

/** What a window shows of a room: what it was told when it opened, and every piece of news since. */
export interface Screen {
  messages: () => readonly Message[]
  hear: (news: readonly News[]) => void
}

export function createScreen(opened: readonly Message[], merge: Merge = mergeBySeq): Screen {
  let messages = opened

  function take(news: News) {
    if (news.kind === 'room_opened') messages = news.room.messages
    if (news.kind === 'messages') messages = news.reset ? news.messages : merge(messages, news.messages)
  }
  return { messages: () => messages, hear: (news) => news.forEach(take) }
}
