/** @typedef {ReadonlyMap<number, Buffer>} Pngs PNG files by size in pixels */

/**
 * A Windows icon that holds PNGs: a header, one 16-byte entry per picture, the pictures.
 * https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
 * @param {Pngs} pngs
 */
export function ico(pngs) {
  const pictures = [...pngs].filter(([size]) => size <= 256)
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(pictures.length, 4)

  let offset = header.length + pictures.length * 16
  const entries = pictures.map(([size, png]) => {
    const entry = Buffer.alloc(16)
    // One byte each for width and height: 0 stands for 256.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...pictures.map(([, png]) => png)])
}

/** @type {readonly (readonly [type: string, size: number])[]} */
const macTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

/**
 * A macOS icon: `icns`, the length, then a type, a length and a PNG per picture.
 * @param {Pngs} pngs
 */
export function icns(pngs) {
  const pictures = macTypes.flatMap(([type, size]) => {
    const png = pngs.get(size)
    return png ? [chunk(type, png)] : []
  })
  return chunk('icns', Buffer.concat(pictures))
}

/** @param {string} type @param {Buffer} body */
function chunk(type, body) {
  const header = Buffer.alloc(8)
  header.write(type, 'latin1')
  header.writeUInt32BE(header.length + body.length, 4)
  return Buffer.concat([header, body])
}
