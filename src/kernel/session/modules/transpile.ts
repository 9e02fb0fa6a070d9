import { createOptions } from '../compile/options.js';
import { ts } from '../compile/typescript.js';

/** The JavaScript of a file that no cell is known to import, as nothing is known of what it imports. */
export function transpiled(path: string, text: string): string {
  const compilerOptions = { ...createOptions(process.cwd()).current(), sourceMap: false };
  return ts.transpileModule(text, { fileName: path, compilerOptions }).outputText;
}
