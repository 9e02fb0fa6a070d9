import { statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** What hooks of Node's loader know of the files beside a notebook. */
export interface BesideState {
  readonly folder: string;
  /** How often each file has changed, or one that it imports. */
  readonly changes: Map<string, number>;
  /** JavaScript of files, and of modules that cells hold, with the time of the file it was made of. */
  readonly code: Map<string, { readonly text: string; readonly time: number }>;
}

export const timeOf = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The address of a file as it is now: Node reads each address once. */
export function addressOf(path: string, { changes }: BesideState): string {
  return `${pathToFileURL(path).href}?v=${changes.get(path) ?? 0}-${timeOf(path)}`;
}

/** Whether a name in an import is such an address already. */
const isAddress = (name: string): boolean => /^file:.*\?v=/.test(name);

const ENDINGS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json'];
const TYPED: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

/** The address of what a cell, or a file beside it, imports by a path; nothing for anything else. */
function besideAddress(
  name: string,
  from: string | undefined,
  state: BesideState,
): string | undefined {
  const isOurs = from !== undefined && /\?v=|\/afterfit-cell-\d+\.js$/.test(from);
  if (!isOurs || !/^(\.{0,2}\/|\.{1,2}$|file:)/.test(name) || /\?/.test(name)) return undefined;
  const path = fileURLToPath(new URL(name, from));
  const found = candidates(path).find((each) => state.code.has(each) || isFile(each));
  return found === undefined ? undefined : addressOf(found, state);
}

function candidates(path: string): string[] {
  const ending = /\.[cm]?jsx?$/.exec(path)?.[0] ?? '';
  const bare = path.slice(0, path.length - ending.length);
  return [
    ...(TYPED[ending] ?? []).map((each) => bare + each),
    path,
    ...ENDINGS.map((each) => path + each),
    ...ENDINGS.map((each) => `${path.replace(/\/$/, '')}/index${each}`),
  ];
}

const isFile = (path: string) => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** What Node's loader has been told of an import. */
interface ImportContext {
  readonly parentURL?: string;
  readonly importAttributes?: object;
}

/** Where an import leads that is ours to answer, or with which attributes Node is to answer it; nothing for others. */
export function besideResolution(
  name: string,
  { parentURL, importAttributes }: ImportContext,
  state: BesideState,
):
  | { readonly url: string; readonly isTyped: boolean; readonly importAttributes?: object }
  | undefined {
  const url = isAddress(name) ? name : besideAddress(name, parentURL, state);
  if (url === undefined) return undefined;
  const attributes = /\.json\?/.test(url) ? { type: 'json' } : importAttributes;
  return { url, isTyped: typedPath(url) !== undefined, importAttributes: attributes };
}

/** JavaScript that was made of a file as it is now. */
export function freshCode(path: string, { code }: BesideState): string | undefined {
  const known = code.get(path);
  return known?.time === timeOf(path) ? known.text : undefined;
}

/** The path of TypeScript that Node has to get as JavaScript. */
export function typedPath(address: string): string | undefined {
  if (!address.startsWith('file:') || !/\.[cm]?tsx?(\?|$)/.test(address)) return undefined;
  return address.includes('/node_modules/') && !address.includes('?v=')
    ? undefined
    : fileURLToPath(address.replace(/\?.*$/, ''));
}

/** A module for Node: JavaScript that may use `require`, as in TypeScript for CommonJS. */
export function moduleOf(code: string): { format: 'module' | 'commonjs'; source: string } {
  const isModule = /^\s*(import|export)\b/m.test(code);
  const usesRequire = /\b(require|__dirname|__filename)\b/.test(code);
  if (!isModule && (usesRequire || /\b(module\.)?exports\b/.test(code))) {
    return { format: 'commonjs', source: code };
  }
  if (!usesRequire || /\b(const|let|var|function) require\b|\brequire as\b/.test(code)) {
    return { format: 'module', source: code };
  }
  const tools =
    "import { createRequire as $require } from 'node:module'; import { fileURLToPath as $path } from 'node:url'; " +
    'const require = $require(import.meta.url), __filename = $path(import.meta.url), ' +
    "__dirname = $path(new URL('.', import.meta.url)).replace(/\\/$/, ''); ";
  return { format: 'module', source: tools + code };
}
