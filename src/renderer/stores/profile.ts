import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ServerUrl } from '#shared/address'
import type { AppState, SignInStorage } from '#shared/bridge'

/** Who this person is: the name they last used, the server they last used, how their sign-in is kept. */
export const useProfile = defineStore('profile', () => {
  const name = ref('')
  const lastServer = shallowRef<ServerUrl>()
  const storage = ref<SignInStorage>('browser')
  const remember = ref(true)

  function receive(state: Pick<AppState, 'name' | 'lastServer' | 'signIn'>) {
    name.value = state.name
    lastServer.value = state.lastServer
    storage.value = state.signIn.storage
    remember.value = state.signIn.storage !== 'unprotected' || state.signIn.remembered
  }

  return { name, lastServer, storage, remember, receive }
})
