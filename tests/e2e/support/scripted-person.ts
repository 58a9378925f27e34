import { randomUUID } from 'node:crypto'
import { connectPerson, type Person } from '../../support/person'

/** Somebody who is not at a screen, in a room of their own that outlives its people. */
export async function hostAs(name: string, url: string, title: string): Promise<Person> {
  const person = await connectPerson(url)
  person.enter(await person.get('create_room', { name, title, retention: 'forever' }))
  return person
}

/** Somebody who is not at a screen, in a room that is there. */
export async function joinAs(name: string, url: string, roomId: string): Promise<Person> {
  const person = await connectPerson(url)
  person.enter(await person.get('join_room', { name, roomId }))
  return person
}

export const say = (person: Person, text: string) =>
  person.get('send_message', { roomId: person.roomId, clientKey: randomUUID(), text })

/** Talks without end, a numbered message every so often, until told to stop. */
export function keepTalking(person: Person, { everyMs }: { everyMs: number }) {
  const said: Promise<unknown>[] = []
  const timer = setInterval(() => said.push(say(person, `Talk ${said.length + 1}`)), everyMs)
  return {
    count: () => said.length,
    async stop() {
      clearInterval(timer)
      await Promise.all(said)
    },
  }
}
