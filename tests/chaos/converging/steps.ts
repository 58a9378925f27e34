import fc from 'fast-check'

export const people = 5

const who = fc.nat(people - 1)
const pick = fc.nat(30)
const emoji = fc.constantFrom('👍', '❤️', '🎉')
const one = <Name extends string, More extends object>(
  name: Name,
  more: { [K in keyof More]: fc.Arbitrary<More[K]> },
) => fc.record({ do: fc.constant(name), who, ...more }) as fc.Arbitrary<{ do: Name; who: number } & More>

const step = fc.oneof(
  { weight: 10, arbitrary: one('send', {}) },
  { weight: 3, arbitrary: one('answer', { pick }) },
  { weight: 3, arbitrary: one('revise', { pick }) },
  { weight: 8, arbitrary: one('edit', { pick }) },
  { weight: 3, arbitrary: one('delete', { pick }) },
  { weight: 9, arbitrary: one('react', { pick, emoji }) },
  { weight: 4, arbitrary: one('pin', { pick }) },
  { weight: 2, arbitrary: one('read', { pick }) },
  { weight: 3, arbitrary: one('cut', {}) },
  { weight: 3, arbitrary: one('return', {}) },
  { weight: 2, arbitrary: one('restart', {}) },
  { weight: 1, arbitrary: one('restartServer', {}) },
  { weight: 5, arbitrary: one('wait', {}) },
)

/** Something one of five people does, or something that happens to them. `pick` chooses among what they see. */
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

export const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 20, maxLength: 80 })
