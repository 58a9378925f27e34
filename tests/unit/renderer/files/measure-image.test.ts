import { expect, test } from 'vitest'
import { measureImage } from '../../../../src/renderer/files/measure-image'
import { heads } from '../support/images'

test('an image is measured in its first bytes', () => {
  expect(measureImage(heads.png(640, 480))).toEqual({ type: 'image/png', width: 640, height: 480, isMoving: false })
  expect(measureImage(heads.jpeg(640, 480))).toMatchObject({ type: 'image/jpeg', width: 640, height: 480 })
  expect(measureImage(heads.webp(640, 480))).toMatchObject({ type: 'image/webp', width: 640, height: 480 })
  expect(measureImage(heads.gif(640, 480))).toMatchObject({ type: 'image/gif', width: 640, height: 480 })
  expect(measureImage(heads.png(30_000, 30_000))).toMatchObject({ width: 30_000, height: 30_000 })
})

test('a picture taken with the camera on its side is as wide as it is shown', () => {
  expect(measureImage(heads.jpeg(640, 480, 6))).toMatchObject({ width: 480, height: 640 })
  expect(measureImage(heads.jpeg(640, 480, 3))).toMatchObject({ width: 640, height: 480 })
})

test('images that move are known', () => {
  const moving = [heads.gif(1, 1), heads.png(1, 1, 'acTL'), heads.webp(9, 9, 2, 'ANIM')]
  expect(moving.map((head) => measureImage(head)?.isMoving)).toEqual([true, true, true])
})

test('what is no image, or is cut off, is no image', () => {
  const text = (words: string) => new TextEncoder().encode(words)
  for (const head of [
    new Uint8Array(),
    text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    text('GIF8'),
    heads.png(1, 1).slice(0, 14),
    heads.jpeg(1, 1).slice(0, 20),
    Uint8Array.from({ length: 4_096 }, () => 0xff),
  ])
    expect(measureImage(head)).toBeUndefined()
})
