import { resolve } from 'node:path'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['dist/', '.bench/', 'generated/validators/', 'coverage/'] },
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['scripts/eslint.config.js'] },
        tsconfigRootDir: resolve(import.meta.dirname, '..'),
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `_name` leaves a member out of a rest.
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**', 'conformance/**'],
    ignores: ['src/emulator/inspector/page/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'URL', property: 'canParse', message: 'Use parseUrl.' }],
    },
  },
  // An object literal where a string could stand is taken for String.prototype.sub, which is deprecated.
  { files: ['test/act/policy.test.ts'], rules: { '@typescript-eslint/no-deprecated': 'off' } },
  // The peers mark plain http as deprecated so that it stands out.
  { files: ['scripts/bench/exchange.ts'], rules: { '@typescript-eslint/no-deprecated': 'off' } },
  { files: ['**/*.js', '**/*.cjs', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
)
