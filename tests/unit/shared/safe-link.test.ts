import { expect, test } from 'vitest'
import { safeLink } from '#shared/safe-link'

const schemes = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0000javascript:alert(1)',
  'vbscript:msgbox(1)',
  'data:text/html,<script>alert(1)</script>',
  'blob:https://example.com/1',
  'file:///etc/passwd',
  'file://server/share',
  'FILE:///C:/Windows/System32/calc.exe',
  'smb://server/share',
  'ftp://example.com/',
  'ssh://example.com/',
  'telnet://example.com/',
  'ldap://example.com/',
  'ms-msdt:/id',
  'ms-officecmd:{}',
  'ms-settings:',
  'search-ms:query=x',
  'shell:startup',
  'steam://run/1',
  'slack://open',
  'zoommtg://x',
  'tel:+1',
  'sms:+1',
  'facetime:x',
  'x-apple.systempreferences:',
  'itms-services://?action=download-manifest',
  'chrome://settings',
  'chrome-extension://x/y',
  'devtools://devtools',
  'about:blank',
  'view-source:https://example.com',
  'parlor://join?c=ABC234',
  'parlor-app://ui/',
  'parlor://join?h=lan.test',
  'blob:http://lan.test/1',
  'ws://example.com/',
  'wss://example.com/',
  'jar:https://example.com!/x',
  'filesystem:https://example.com/x',
  'intent://x#Intent;end',
  'res://x',
  'help:x',
  'man:ls',
  'apt:cowsay',
  'net.tcp://x',
  '-a Calculator',
  '--help',
  'calc.exe',
  '/etc/passwd',
  'C:\\Windows\\System32\\calc.exe',
  '\\\\server\\share',
  '//example.com/',
  'example.com',
  '',
  ' ',
  'http',
  'http:',
  'http://',
  'https://',
  'http:///',
  'https://:80/',
  'http://[::1',
  'http://exa mple.com/',
  'https://example.com/a b',
  'https://example.com\\@evil.example/',
  'https:\\\\example.com\\x',
  'https://example.com/\u202E',
  'https://example.com/\u0007',
  'https://example.com/\r\nX: y',
]
const credentials = ['https', 'http'].flatMap((scheme) =>
  ['user@', 'user:pass@', ':pass@', 'https%3A%2F%2Fbank.example@', 'a:b:c@'].flatMap((login) =>
    ['evil.example', '127.0.0.1', '[::1]', 'evil.example:8080'].map((host) => `${scheme}://${login}${host}/`),
  ),
)
const mail = [
  'mailto:',
  'mailto:nobody',
  'mailto:?to=a@b.example',
  'mailto:a@b.example?attach=/etc/passwd',
  'mailto:a@b.example?Attachment=C:\\x',
  'mailto:a@b.example?attach=x&subject=y',
  'mailto:a@b.example?bcc=spy@evil.example',
  'mailto:a@b.example?in-reply-to=x',
  'mailto:a@b.example?subject=x\r\nBcc: spy@evil.example',
]
const long = [2_029, 2_048, 10_000, 1_000_000].flatMap((length) => [
  `https://example.com/${'a'.repeat(length)}`,
  `mailto:a@b.example?body=${'a'.repeat(length)}`,
  `https://example.com/?${'é'.repeat(length)}`,
  `https://${'a'.repeat(length)}.example/`,
  `https://example.com/#${'%00'.repeat(length)}`,
])
const hidden = ['\u2028', '\u00A0', '\u3000', '\u001F', '\u007F', '\u0085', '\t', '\n'].map(
  (character) => `https://example.com/${character}x`,
)

test('nothing but plain web and mail links become links', () => {
  const links = [...schemes, ...credentials, ...mail, ...long, ...hidden]
  expect(links.length).toBeGreaterThanOrEqual(140)
  const allowed = links.filter((link) => safeLink(link) !== undefined)
  expect(allowed).toEqual([])
})

test('ordinary links are passed on in the spelling the question shows', () => {
  const links = {
    'https://example.com': 'https://example.com/',
    'HTTP://EXAMPLE.com:80/A?b=c#d': 'http://example.com/A?b=c#d',
    'https://bücher.example/ä': 'https://xn--bcher-kva.example/%C3%A4',
    'https://аpple.com/': 'https://xn--pple-43d.com/',
    'http://192.168.1.5:4545/ABC234': 'http://192.168.1.5:4545/ABC234',
    'http://[fe80::1]/': 'http://[fe80::1]/',
    'mailto:ada@example.com?subject=Hi&body=There': 'mailto:ada@example.com?subject=Hi&body=There',
  }
  const seen = Object.keys(links).map((link) => safeLink(link)?.href)
  expect(seen).toEqual(Object.values(links))
})
