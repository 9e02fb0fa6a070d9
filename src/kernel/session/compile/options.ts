import { statSync } from 'node:fs';
import { join } from 'node:path';
import type typescript from 'typescript';
import { ts } from './typescript.js';

type Options = typescript.CompilerOptions;

/** Parts of the language's library that came later than ES2023, and code that is true where Node has them. */
const LATER: readonly (readonly [lib: string, isThere: () => unknown])[] = [
  ['es2024.arraybuffer', () => has(ArrayBuffer.prototype, 'transfer')],
  ['es2024.collection', () => has(Map, 'groupBy')],
  ['es2024.object', () => has(Object, 'groupBy')],
  ['es2024.promise', () => has(Promise, 'withResolvers')],
  ['es2024.regexp', () => has(RegExp.prototype, 'unicodeSets')],
  ['es2024.sharedmemory', () => has(Atomics, 'waitAsync')],
  ['es2024.string', () => has(String.prototype, 'isWellFormed')],
  ['es2025.collection', () => has(Set.prototype, 'union')],
  ['es2025.float16', () => has(Math, 'f16round')],
  ['es2025.intl', () => has(Intl, 'DurationFormat')],
  ['es2025.iterator', () => has(globalThis, 'Iterator')],
  ['es2025.promise', () => has(Promise, 'try')],
  ['es2025.regexp', () => has(RegExp, 'escape')],
  ['esnext.array', () => has(Array, 'fromAsync')],
  ['esnext.collection', () => has(Map.prototype, 'getOrInsert')],
  ['esnext.decorators', () => true],
  // The compiler puts plainer code in the place of `using`.
  ['esnext.disposable', () => true],
  ['esnext.error', () => has(Error, 'isError')],
  ['esnext.sharedmemory', () => has(Atomics, 'pause')],
  ['esnext.temporal', () => has(globalThis, 'Temporal')],
  ['esnext.typedarrays', () => has(Uint8Array, 'fromBase64')],
];

const has = (object: object, name: string) => name in object;

/** The language's library as far as the running Node has it. */
const libraries = () => [
  'lib.es2023.d.ts',
  ...LATER.filter(([, isThere]) => isThere()).map(([lib]) => `lib.${lib}.d.ts`),
];

/** What cells and the files beside them are compiled with; a tsconfig.json may say otherwise. */
const DEFAULTS: Options = {
  strict: true,
  types: ['node'],
  jsx: ts.JsxEmit.ReactJSX,
  customConditions: ['node'],
};

/** What the kernel rests on, whatever a tsconfig.json says. */
const FIXED: Options = {
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  // What is newer than Node's own language, such as `using` and decorators, is written out.
  target: has(RegExp, 'escape') ? ts.ScriptTarget.ES2025 : ts.ScriptTarget.ES2024,
  useDefineForClassFields: true,
  allowJs: true,
  resolveJsonModule: true,
  esModuleInterop: true,
  allowSyntheticDefaultImports: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  sourceMap: true,
  preserveConstEnums: true,
};

/** Options of a tsconfig.json that say what a compiler checks; those about its output are no use here. */
const HEEDED =
  /^(strict\w*|no(ImplicitAny|ImplicitThis|ImplicitOverride|ImplicitReturns|FallthroughCasesInSwitch|UncheckedIndexedAccess|PropertyAccessFromIndexSignature)|exactOptionalPropertyTypes|useUnknownInCatchVariables|alwaysStrict|allowUnreachableCode|allowUnusedLabels|checkJs|lib|types|typeRoots|jsx\w*|experimentalDecorators|emitDecoratorMetadata|paths|pathsBasePath|baseUrl|rootDirs|customConditions)$/;

/** The options of a notebook's folder, read again when its tsconfig.json has changed. */
export function createOptions(folder: string): {
  current(): Options;
  setStrict(strict: boolean | undefined): void;
} {
  const path = join(folder, 'tsconfig.json');
  let read: { time: number; strict?: boolean; options: Options } | undefined;
  let strict: boolean | undefined;
  return {
    current() {
      const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (read?.time !== time || read.strict !== strict) {
        const given = time === 0 ? {} : heeded(path, folder);
        read = { time, strict, options: combined(given, strict) };
      }
      return read.options;
    },
    setStrict: (wanted) => void (strict = wanted),
  };
}

function combined(given: Options, strict: boolean | undefined): Options {
  return {
    ...DEFAULTS,
    ...given,
    ...(strict === undefined ? {} : { strict, noImplicitAny: strict, strictNullChecks: strict }),
    ...FIXED,
    lib: [...new Set([...libraries(), ...(given.lib ?? [])])],
    types: [...new Set(['node', ...(given.types ?? [])])].filter((name) => name !== '*'),
    customConditions: [...new Set(['node', ...(given.customConditions ?? [])])],
  };
}

function heeded(path: string, folder: string): Options {
  const { config } = ts.readConfigFile(path, ts.sys.readFile) as { config?: object };
  const host = { ...ts.sys, readDirectory: () => [] };
  const { options } = ts.parseJsonConfigFileContent(config ?? {}, host, folder, {}, path);
  return Object.fromEntries(Object.entries(options).filter(([name]) => HEEDED.test(name)));
}
