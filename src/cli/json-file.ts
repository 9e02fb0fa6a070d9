import { readText } from '../files/read.js';
import { jsonFault } from './json-position.js';

export { readText };

/** The content of a JSON file. Throws one sentence that names the file, and the line and column. */
export function readJson(path: string, name: string): unknown {
  return parseJson(readText(path), name);
}

/** The same for the text of a file called `name`. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(name, error);
    throw new Error(`${name}: not valid JSON${faultText(text, name)}.`, { cause: error });
  }
}

function faultText(text: string, name: string): string {
  try {
    const fault = jsonFault(text);
    return fault ? ` at line ${fault.line}, column ${fault.column}: found ${fault.found}` : '';
  } catch (error) {
    // Node's own parser keeps no stack of what is open, the one that knows places does.
    throw error instanceof RangeError ? tooDeep(name, error) : error;
  }
}

/** For JSON whose lists within lists are more than the program's own stack can follow. */
export function tooDeep(name: string, cause: unknown): Error {
  return new Error(`${name}: its lists within lists go too deep to be read.`, { cause });
}
