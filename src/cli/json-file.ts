import { readFileSync } from 'node:fs';
import { codeOf } from './files.js';
import { jsonFault } from './json-position.js';

/** The content of a JSON file. Throws one sentence that names the file, and the line and column. */
export function readJson(path: string, name: string): unknown {
  return parseJson(readText(path), name);
}

/** The text of a file, without a byte-order mark. Throws one sentence that names the file. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const code = codeOf(error);
    const reason = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`;
    throw new Error(`${path}: ${reason}.`, { cause: error });
  }
}

/** The same for the text of a file called `name`. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(name, error);
    const fault = jsonFault(text);
    const place = fault && ` at line ${fault.line}, column ${fault.column}: found ${fault.found}`;
    throw new Error(`${name}: not valid JSON${place ?? ''}.`, { cause: error });
  }
}

/** For JSON whose lists within lists are more than the program's own stack can follow. */
export function tooDeep(name: string, cause: unknown): Error {
  return new Error(`${name}: its lists within lists go too deep to be read.`, { cause });
}
