import { join } from 'node:path';
import { PROMPT_TYPE } from '../prompt.js';
import type { Sources } from './sources.js';
import { ts } from './typescript.js';

/** Globals that came to Node after the oldest one that is supported, whose types are the project's. */
const NEWER = [
  ...['navigator', 'Navigator', 'WebSocket', 'EventSource', 'CloseEvent', 'URLPattern'],
  ...['Storage', 'localStorage', 'sessionStorage', 'ErrorEvent'],
].filter((name) => name in globalThis);

/** What every cell knows besides the language and Node. An address has no types. */
const GLOBALS =
  `${PROMPT_TYPE}declare module 'data:*';\ndeclare module 'https:*';\n` +
  NEWER.map((name) => `declare var ${name}: any;\n`).join('');

/** Keeps a file of what every cell knows, with more where a cell uses it. */
export function createGlobals(
  sources: Sources,
  path: string,
): { need(names: ReadonlySet<string>): void } {
  let hasAssembly = false;
  sources.write(path, GLOBALS);
  return {
    need(names) {
      if (hasAssembly || !names.has('WebAssembly')) return;
      hasAssembly = true;
      sources.write(path, GLOBALS + assemblyTypes());
    },
  };
}

/** The types of WebAssembly, which the language's library has among those of browsers. */
function assemblyTypes(): string {
  const library = join(ts.getDefaultLibFilePath({}), '..', 'lib.dom.d.ts');
  const found = /^declare namespace WebAssembly \{\n([^]*?)^\}/m.exec(
    ts.sys.readFile(library) ?? '',
  );
  const source = 'type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer;\n';
  return found ? `declare namespace WebAssembly {\n${source}${found[1]}}\n` : '';
}
