import { shallowRef, type ShallowRef } from 'vue'

/** Fetches a part of the app when it is first asked for: undefined until it is here. */
export function createLazy<T>(load: () => Promise<T>): () => Readonly<ShallowRef<T | undefined>> {
  const part = shallowRef<T>()
  let isLoading = false

  return () => {
    if (part.value === undefined && !isLoading) {
      isLoading = true
      load().then(
        (loaded) => (part.value = loaded),
        // The server is away: what needs the part does without, and whoever asks next tries again.
        () => (isLoading = false),
      )
    }
    return part
  }
}
