import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import type { FileType } from '#shared/protocol/files'
import { crc32 } from './crc32'

export interface HostileBytes {
  /** What it says it is. */
  name: string
  bytes: Buffer
  /** What it is to whoever opens it. */
  type: FileType
}

const text = (words: string) => Buffer.from(words, 'latin1')
const hex = (digits: string) => Buffer.from(digits.replaceAll(' ', ''), 'hex')
const script = '<script>alert(document.domain)</script>'
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${script}</svg>`
const zeros = Buffer.alloc(5_000_000)

const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([text(kind), data])
  return Buffer.concat([uint32(data.length), body, uint32(crc32(body))])
}

const pngStart = hex('89504e470d0a1a0a')

export function png(width: number, height: number, pixels: Buffer = deflateSync(Buffer.alloc(64))): Buffer {
  const header = Buffer.concat([uint32(width), uint32(height), hex('08 06 00 00 00')])
  return Buffer.concat([pngStart, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

export const gif = (width: number, height: number) =>
  Buffer.concat([text('GIF89a'), hex(le16(width) + le16(height)), hex('00 00 00 3b')])

const le16 = (value: number) => Buffer.from([value & 0xff, value >> 8]).toString('hex')

function jpeg(width: number, height: number, before: Buffer = Buffer.alloc(0)): Buffer {
  const size = `${height.toString(16).padStart(4, '0')}${width.toString(16).padStart(4, '0')}`
  const frame = hex(`ffc0 0011 08 ${size} 03 012200 021101 031101`)
  return Buffer.concat([hex('ffd8'), before, hex('ffe0 0010 4a46494600 0101 00 0001 0001 00 00'), frame, hex('ffd9')])
}

/** As a phone that was held upright writes it. */
function turned(): Buffer {
  const exif = hex('457869660000 4d4d002a00000008 0001 0112 0003 00000001 00060000 00000000')
  return jpeg(40, 30, Buffer.concat([hex('ffe1'), hex((exif.length + 2).toString(16).padStart(4, '0')), exif]))
}

function webp(width: number, height: number): Buffer {
  const frame = Buffer.concat([hex('000000 9d012a'), hex(le16(width) + le16(height))])
  const body = Buffer.concat([text('WEBPVP8 '), Buffer.from([frame.length, 0, 0, 0]), frame])
  return Buffer.concat([text('RIFF'), Buffer.from([body.length, 0, 0, 0]), body, Buffer.alloc(16)])
}

/** One entry, stored under a name of its own choosing. */
function zip(name: string, content: Buffer, isDeflated = true): Buffer {
  const data = isDeflated ? deflateRawSync(content) : content
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(isDeflated ? 8 : 0, 8)
  header.writeUInt32LE(crc32(content), 14)
  header.writeUInt32LE(data.length, 18)
  header.writeUInt32LE(content.length, 22)
  header.writeUInt16LE(name.length, 26)
  return Buffer.concat([header, text(name), data])
}

const box = (kind: string, data: Buffer, size = data.length + 8) => Buffer.concat([uint32(size), text(kind), data])
const mp4 = (brand: string, rest: Buffer = box('moov', Buffer.alloc(100))) =>
  Buffer.concat([box('ftyp', text(`${brand}\0\0\0\0isom${brand}`)), rest])
const webm = hex('1a45dfa3 9f 4286 81 01 42f7 81 01 42f2 81 04 42f3 81 08 4282 84 7765626d 4287 81 04 4285 81 02')
const exe = Buffer.concat([text('MZ'), Buffer.alloc(200), text('PE\0\0'), Buffer.alloc(200)])
const elf = Buffer.concat([hex('7f454c46 02 01 01'), Buffer.alloc(200)])

const plain = 'application/octet-stream'
const of = (type: FileType, name: string, bytes: Buffer | string): HostileBytes => ({
  name,
  type,
  bytes: typeof bytes === 'string' ? text(bytes) : bytes,
})

/** Files that are not what they say, that are more than one thing, or that grow when somebody unpacks them. */
export const hostileBytes: readonly HostileBytes[] = [
  of(plain, 'page.png', `<!doctype html><html><body>${script}</body></html>`),
  of(plain, 'page.html', `<!doctype html>${script}`),
  of(plain, 'page.xhtml', `<html xmlns="http://www.w3.org/1999/xhtml">${script}</html>`),
  of(plain, 'drawing.svg', svg),
  of(plain, 'drawing.png', `<?xml version="1.0"?>${svg}`),
  of(plain, 'bom.svg', Buffer.concat([hex('efbbbf'), text(svg)])),
  of(plain, 'wide.html', Buffer.from(`\uFEFF${script}`, 'utf16le')),
  of(plain, 'entities.xml', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'),
  of(plain, 'mail.mht', `MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n${script}`),
  of(plain, 'setup.png', exe),
  of(plain, 'setup.exe', exe),
  of(plain, 'run.jpg', elf),
  of(plain, 'mac.gif', Buffer.concat([hex('cafebabe 00000002'), Buffer.alloc(100)])),
  of(plain, 'run.sh', '#!/bin/sh\nrm -rf ~\n'),
  of(plain, 'link.lnk', Buffer.concat([hex('4c000000 0114020000000000c000000000000046'), Buffer.alloc(60)])),
  of(plain, 'app.desktop', '[Desktop Entry]\nType=Application\nExec=sh -c x\n'),
  of(plain, 'site.url', '[InternetShortcut]\nURL=file:///c:/x.exe\n'),
  of(plain, 'code.wasm', hex('0061736d 01000000')),
  of(plain, 'movie.swf', Buffer.concat([text('FWS'), Buffer.alloc(60)])),
  of(plain, 'words.rtf', '{\\rtf1\\ansi \\objdata 0105}'),
  of(plain, 'old.doc', Buffer.concat([hex('d0cf11e0a1b11ae1'), Buffer.alloc(600)])),
  of(
    'application/pdf',
    'script.pdf',
    '%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF',
  ),
  of('application/pdf', 'both.png', Buffer.concat([text('%PDF-1.7\n'), zip('x.html', text(script))])),
  of('image/gif', 'gif-and-script.js', Buffer.concat([text('GIF89a=1/*'), Buffer.alloc(20, 1), text('*/;alert(1)')])),
  of('image/png', 'png-and-page.html', Buffer.concat([png(4, 3), text(script)])),
  of('image/jpeg', 'jpeg-and-zip.jar', Buffer.concat([jpeg(4, 3), zip('META-INF/MANIFEST.MF', text('x'))])),
  of('image/gif', 'gif-and-zip.zip', Buffer.concat([gif(4, 3), zip('evil.exe', exe)])),
  of('image/png', 'huge.png', png(30_000, 30_000)),
  of('image/png', 'bomb.png', png(30_000, 30_000, deflateSync(zeros))),
  of('image/png', 'wide.png', png(100_000, 1)),
  of(plain, 'wider.png', png(100_001, 1)),
  of(plain, 'widest.png', png(0xffffffff, 0xffffffff)),
  of(plain, 'nothing.png', png(0, 0)),
  of(plain, 'start.png', pngStart),
  of(plain, 'cut.png', png(4, 3).subarray(0, 20)),
  of('image/png', 'cut-late.png', png(4, 3).subarray(0, 40)),
  of(plain, 'cut.jpg', hex('ffd8ff')),
  of(plain, 'cut-late.jpg', jpeg(4, 3).subarray(0, 24)),
  of(
    plain,
    'no-frame.jpg',
    Buffer.concat([hex('ffd8ffe0'), hex('0010 4a46494600 0101 00 0001 0001 00 00'), Buffer.alloc(900)]),
  ),
  of(plain, 'endless.jpg', Buffer.concat([hex('ffd8'), ...Array.from({ length: 9_000 }, () => hex('ffe10002'))])),
  of(plain, 'backwards.jpg', Buffer.concat([hex('ffd8'), hex('ffe00000'.repeat(500))])),
  of('image/jpeg', 'turned.jpg', turned()),
  of('image/gif', 'huge.gif', gif(65_535, 65_535)),
  of(plain, 'cut.gif', 'GIF89a'),
  of(plain, 'nothing.gif', gif(0, 0)),
  of('image/webp', 'small.webp', webp(40, 30)),
  of(plain, 'cut.webp', Buffer.concat([text('RIFF'), hex('00000000'), text('WEBP')])),
  of('image/webp', 'vp8x.webp', Buffer.concat([text('RIFF'), hex('ffffffff'), text('WEBPVP8X')])),
  of(plain, 'loop.icns', Buffer.concat([text('icns'), uint32(64), text('ic07'), uint32(0), Buffer.alloc(48)])),
  of(
    plain,
    'loop.jp2',
    Buffer.concat([hex('0000000c 6a502020 0d0a870a'), uint32(0), text('ftypjp2 '), Buffer.alloc(40)]),
  ),
  of(plain, 'loop.jxl', Buffer.concat([hex('0000000c 4a584c20 0d0a870a'), uint32(0), text('jxlp'), Buffer.alloc(40)])),
  of(plain, 'loop.heic', Buffer.concat([box('ftyp', text('heic\0\0\0\0mif1heic')), box('meta', Buffer.alloc(20), 0)])),
  of(plain, 'photo.avif', Buffer.concat([box('ftyp', text('avif\0\0\0\0mif1avif')), Buffer.alloc(40)])),
  of(plain, 'scan.tiff', Buffer.concat([hex('49492a00 ffffff7f'), Buffer.alloc(40)])),
  of(plain, 'old.bmp', Buffer.concat([text('BM'), Buffer.alloc(60, 0xff)])),
  of(plain, 'many.ico', Buffer.concat([hex('00000100 ffff'), Buffer.alloc(60, 0xff)])),
  of(plain, 'bomb.zip', zip('zeros', zeros)),
  of(plain, 'bomb.docx', zip('[Content_Types].xml', zeros)),
  of(plain, 'slip.zip', zip('../../../../evil.sh', text('x'))),
  of(plain, 'mimetype.epub', zip('mimetype', zeros)),
  of(plain, 'cut.zip', zip('x', text('x')).subarray(0, 20)),
  of(plain, 'bomb.gz', gzipSync(zeros)),
  of(plain, 'bomb.svgz', gzipSync(Buffer.from(svg.repeat(10_000)))),
  of(plain, 'archive.7z', Buffer.concat([hex('377abcaf271c'), Buffer.alloc(60)])),
  of(
    plain,
    'archive.tar',
    Buffer.concat([text('../../x'), Buffer.alloc(250), text('ustar\u000000'), Buffer.alloc(300)]),
  ),
  of('video/mp4', 'film.mp4', mp4('isom')),
  of('video/mp4', 'loop.mp4', mp4('mp42', box('moov', Buffer.alloc(20), 0))),
  of('video/mp4', 'longer-than-it-is.mp4', mp4('isom', box('moov', Buffer.alloc(20), 0xffffffff))),
  of('audio/mp4', 'voice.m4a', mp4('M4A ')),
  of(plain, 'film.mov', mp4('qt  ')),
  of('video/webm', 'film.webm', Buffer.concat([webm, Buffer.alloc(60)])),
  of(plain, 'film.mkv', Buffer.concat([hex('1a45dfa3 93 4282 88 6d6174726f736b61'), Buffer.alloc(60)])),
  of('audio/wav', 'sound.wav', Buffer.concat([text('RIFF'), hex('ffffffff'), text('WAVEfmt '), Buffer.alloc(30)])),
  of(
    'audio/ogg',
    'sound.ogg',
    Buffer.concat([hex('4f67675300 02'), Buffer.alloc(22), text('OpusHead'), Buffer.alloc(30)]),
  ),
  of(
    'audio/mpeg',
    'sound.mp3',
    Buffer.concat([text('ID3'), hex('0400000000000a'), Buffer.alloc(10), hex('fffb9000'), Buffer.alloc(400)]),
  ),
  of('audio/mpeg', 'endless-cover.mp3', Buffer.concat([text('ID3'), hex('0400 00 7f7f7f7f'), Buffer.alloc(100)])),
  of(plain, 'one.bin', Buffer.alloc(1)),
  of(plain, 'zeros.bin', zeros),
  of(plain, 'notes.txt', 'just words'),
]
