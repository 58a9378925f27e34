import { writeFileSync } from 'node:fs'
import { readEmoji } from './emoji/read-emoji'

const head = '// Made by `node scripts/run.mjs scripts/make-emoji.ts` from emojibase-data.'
const table = `${head}\nexport const emojiTable = ${JSON.stringify(readEmoji())}\n`
writeFileSync('src/renderer/emoji/emoji-table.ts', table)
