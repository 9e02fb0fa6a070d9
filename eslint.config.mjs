import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

/**
 * Files and functions stay short enough to be read at one go. A function that makes an object out
 * of smaller functions counts with all of them, so the limit leaves room for that.
 */
const sizes = {
  'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 100, skipBlankLines: true, skipComments: true }],
};

const nodeGlobals = Object.fromEntries(
  [
    'process',
    'console',
    'setInterval',
    'clearInterval',
    'require',
    'module',
    'fetch',
    'AbortSignal',
  ].map((name) => [name, 'readonly']),
);

/** The folders whose exports the API reference shows, or that write what it shows. */
const publicFolders =
  'numerics,text,datasets,networks,losses,flows,metrics,tensors,training,specs,records,charts,claims,experiments,course';

/** What is asked for a docstring where a file exports it. */
const EXPORTED = [
  'ExportNamedDeclaration > FunctionDeclaration',
  'ExportNamedDeclaration > ClassDeclaration',
  'ExportNamedDeclaration > TSInterfaceDeclaration',
  'ExportNamedDeclaration > TSTypeAliasDeclaration',
  'ExportNamedDeclaration[declaration.type="VariableDeclaration"]',
];

export default defineConfig(
  globalIgnores([
    'node_modules/',
    'dist/',
    '.build/',
    '.venv/',
    '.afterfit/',
    'datasets/',
    '**/wrong/',
    'notebooks/course/*/right/',
  ]),
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...sizes,
      eqeqeq: 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Inner loops index typed arrays; a bound is checked where the size is, not at each element.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Numbers are what the messages here are made of.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // Objects here are records of functions that close over their state; none uses `this`.
      '@typescript-eslint/unbound-method': 'off',
      // An implementation of an asynchronous interface may have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // The type of a plan is what it holds: the claim's records are inferred from it.
    files: ['src/claims/*/plan.ts'],
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: [`src/{${publicFolders}}/**/*.ts`],
    plugins: { jsdoc },
    rules: {
      // What others may call says what it is, on its own lines, where the API reference finds it.
      'jsdoc/require-jsdoc': [
        'error',
        {
          enableFixer: false,
          require: { FunctionDeclaration: false },
          contexts: EXPORTED,
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // A describe block is one function, and as long as its cases are many.
      'max-lines-per-function': 'off',
      // `expect(x).to.be.true` is chai's way of asserting.
      '@typescript-eslint/no-unused-expressions': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: nodeGlobals },
    rules: sizes,
  },
);
