import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePacket, PacketGuard, PacketWriter } from '../../../../src/server/transport/packet-guard'

test('it reads what clients send', () => {
  expect(decodePacket('0')).toEqual({ type: 0, nsp: '/' })
  expect(decodePacket('0{"protocol":1}')).toEqual({ type: 0, nsp: '/', data: { protocol: 1 } })
  expect(decodePacket('1')).toEqual({ type: 1, nsp: '/' })
  expect(decodePacket('2["say",{"a":[1]}]')).toEqual({ type: 2, nsp: '/', data: ['say', { a: [1] }] })
  expect(decodePacket('212["say",{}]')).toEqual({ type: 2, nsp: '/', id: 12, data: ['say', {}] })
})

test('it writes what clients read', () => {
  const writer = new PacketWriter()
  expect(writer.encode({ type: 0, data: { sid: 'x', pid: undefined } })).toEqual(['0{"sid":"x"}'])
  expect(writer.encode({ type: 3, id: 0, data: [{ ok: true }] })).toEqual(['30[{"ok":true}]'])
  expect(writer.encode({ type: 1 })).toEqual(['1'])
})

test('depth, values and arguments are taken up to their limit and not beyond', () => {
  const nested = (depth: number) => `2["x",${'['.repeat(depth)}${']'.repeat(depth)}]`
  const wide = (values: number) => `2["x",[${Array(values).fill(0).join()}]]`
  expect(() => decodePacket(nested(7))).not.toThrow()
  expect(() => decodePacket(nested(8))).toThrow('too deep')
  expect(() => decodePacket(wide(253))).not.toThrow()
  expect(() => decodePacket(wide(254))).toThrow('too many values')
  expect(() => decodePacket('2["x",1,2,3,4]')).not.toThrow()
  expect(() => decodePacket('2["x",1,2,3,4,5]')).toThrow('too many arguments')
})

test('a connection connects once and takes no bytes', () => {
  const guard = new PacketGuard()
  guard.add('0')
  expect(() => guard.add('0')).toThrow('connected already')
  expect(() => guard.add(Buffer.from('0'))).toThrow('binary not taken')
})

test('whatever it is given it either reads as one of three kinds or throws an error', () => {
  const nearly = fc
    .tuple(fc.constantFrom('0', '1', '2', '3', '27', '2/a,', '51-'), fc.json())
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(fc.string(), nearly), (text) => {
      try {
        const { type, nsp, data } = decodePacket(text)
        expect([0, 1, 2]).toContain(type)
        expect(nsp).toBe('/')
        if (type === 2) expect(typeof (data as unknown[])[0]).toBe('string')
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }),
    { seed: 2, numRuns: 1_000 },
  )
})
