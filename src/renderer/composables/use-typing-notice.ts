import { onScopeDispose, watch } from 'vue'
import { useCompositions } from '../stores/compositions'
import { useDrafts } from '../stores/drafts'
import { usePrivacy } from '../stores/privacy'
import { useCurrentRoom } from './use-current-room'
import { usePlatform } from './use-platform'

const everyMs = 3_000

/** Lets the room on screen know that something is being written, seldom, if this person wants it known. */
export function useTypingNotice(now: () => number = () => performance.now()) {
  const [room, drafts, privacy, platform] = [useCurrentRoom(), useDrafts(), usePrivacy(), usePlatform()]
  const compositions = useCompositions()
  const { key } = room.value
  let toldAt = -Infinity

  function tell(typing: boolean) {
    if (typing ? now() - toldAt < everyMs : toldAt === -Infinity) return
    toldAt = typing ? now() : -Infinity
    void platform.showPresence({ key, typing })
  }

  watch(
    () => drafts.inRoom(key),
    (text) => {
      const isWriting = text.trim() !== '' && compositions.inRoom(key).editing === undefined
      if (!isWriting || privacy.showsTyping) tell(isWriting)
    },
  )
  onScopeDispose(() => tell(false))
}
