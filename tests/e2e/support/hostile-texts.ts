const elements = [
  '<script>BOOM</script>',
  '<img src=x onerror=BOOM>',
  '<svg onload=BOOM>',
  '<svg><script>BOOM</script></svg>',
  '<svg><animate onbegin=BOOM attributeName=x>',
  '<body onload=BOOM>',
  '<input autofocus onfocus=BOOM>',
  '<details open ontoggle=BOOM>',
  '<video><source onerror=BOOM></video>',
  '<audio src=x onerror=BOOM>',
  '<iframe src="javascript:BOOM"></iframe>',
  '<iframe srcdoc="<script>BOOM</script>"></iframe>',
  '<object data="javascript:BOOM"></object>',
  '<embed src="javascript:BOOM">',
  '<math href="javascript:BOOM">x</math>',
  '<a href="javascript:BOOM">x</a>',
  '<a href="data:text/html,<script>BOOM</script>">x</a>',
  '<form action="javascript:BOOM"><button>x</button></form>',
  '<base href="https://elsewhere.example/">',
  '<link rel=stylesheet href="https://elsewhere.example/x.css">',
  '<meta http-equiv=refresh content="0;url=https://elsewhere.example/">',
  '<style>@import "https://elsewhere.example/x.css"</style>',
  '<img src="https://elsewhere.example/x.png">',
  '<template><img src=x onerror=BOOM></template>',
  '<noscript><p title="</noscript><img src=x onerror=BOOM>">',
  '<math><mtext><table><mglyph><style><img src=x onerror=BOOM>',
  '<x is="script" v-html="BOOM">',
  '<component :is="BOOM" />',
]
const notations = [
  '{{ BOOM }}',
  '{{ constructor.constructor("BOOM")() }}',
  '${BOOM}',
  '[x](javascript:BOOM)',
  '![x](https://elsewhere.example/x.png)',
  'javascript:BOOM',
  'JaVaScRiPt:BOOM',
  'java\tscript:BOOM',
  '\u0001javascript:BOOM',
  'data:text/html,<script>BOOM</script>',
  'vbscript:BOOM',
  'file:///etc/passwd',
  'https://elsewhere.example/"onmouseover="BOOM',
  "https://elsewhere.example/'><img src=x onerror=BOOM>",
  'https://user:secret@elsewhere.example/',
  'http://[::1]:1/<script>BOOM</script>',
  '//elsewhere.example/x.js',
  '__proto__',
  'constructor',
  '%3Cscript%3EBOOM%3C/script%3E',
  '&lt;script&gt;BOOM&lt;/script&gt;',
  '\\u003cscript\\u003eBOOM\\u003c/script\\u003e',
]
const boom = 'alert(1)'

type Wrapping = (text: string) => string
const wrappings: readonly Wrapping[] = [
  (text) => text,
  (text) => `"'><!--${text}-->`,
  (text) => `Look: https://parlor.example/?q=${text}`,
  (text) => `\u202e${text}\u2066 and\nmore`,
  (text) => `</textarea></title></p>${text}`,
]

/** What somebody might write to make other people's screens do something: 250 texts that must stay texts. */
export const hostileTexts: readonly string[] = wrappings.flatMap((wrap) =>
  [...elements, ...notations].map((text) => wrap(text.replaceAll('BOOM', boom))),
)
