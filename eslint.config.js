import vue from 'eslint-plugin-vue'
import vueAccessibility from 'eslint-plugin-vuejs-accessibility'
import tseslint from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

const dangerousTemplate = {
  // R1: what members send is data. Nothing in a template may turn it into markup, style, a component or a handler.
  'vue/no-v-html': 'error',
  'vue/no-v-text-v-html-on-component': 'error',
  'vue/no-restricted-v-bind': [
    'error',
    { argument: 'style', message: 'R1: use a class; a bound style can carry what a member sent.' },
    { argument: 'is', message: 'R1: name the component.' },
    { argument: 'innerHTML' },
    { argument: 'srcdoc' },
  ],
}

const dangerousCode = {
  'no-eval': 'error',
  'no-implied-eval': 'off',
  '@typescript-eslint/no-implied-eval': 'error',
  'no-new-func': 'error',
  'no-console': 'error',
  'no-empty': ['error', { allowEmptyCatch: false }],
  'no-restricted-properties': [
    'error',
    { property: 'innerHTML', message: 'R1: data, never markup.' },
    { property: 'outerHTML', message: 'R1: data, never markup.' },
    { property: 'insertAdjacentHTML', message: 'R1: data, never markup.' },
  ],
}

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'release', 'test-results', 'playwright-report', '**/*.cjs'] },
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [tseslint.configs.strictTypeChecked, vue.configs['flat/essential'], vueAccessibility.configs['flat/recommended']],
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      ...dangerousTemplate,
      ...dangerousCode,
      'max-lines': ['error', { max: 300 }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_$', argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'max-lines': ['error', { max: 200 }],
      'vue/multi-word-component-names': 'off',
      'vuejs-accessibility/label-has-for': ['error', { required: { some: ['nesting', 'id'] } }],
      // What members record and send comes without captions.
      'vuejs-accessibility/media-has-caption': 'off',
      // The type of an imported .vue file is an error type to this parser; vue-tsc checks these lines instead.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
    },
  },
  {
    files: ['tests/**/*.ts', 'scripts/**/*.ts'],
    rules: { 'no-console': 'off', '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    files: ['scripts/**/*.mjs', 'build/**/*.mjs', '*.js'],
    extends: [tseslint.configs.disableTypeChecked],
  },
)
