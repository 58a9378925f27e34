import { writeFileSync } from 'node:fs'
import { keyboardPage } from '../src/renderer/keyboard/keyboard-page'

writeFileSync('docs/keyboard.md', keyboardPage())
