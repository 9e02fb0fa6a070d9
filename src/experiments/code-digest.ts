import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Relative modules that compiled code imports, exports from or loads later. */
const SPECIFIERS = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"](\.{1,2}\/[^'"]+\.js)['"]/g;

const digests = new Map<string, string>();

/**
 * SHA-256 of the compiled modules (their URLs), of all they import from this project, and of Node's version:
 * it changes with whatever may change the numbers they come to, and with nothing else.
 */
export function codeDigest(...modules: readonly string[]): string {
  const key = modules.join('\0');
  const known = digests.get(key);
  if (known !== undefined) return known;
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const hash = createHash('sha256').update(process.versions.node);
  for (const [path, code] of [...importClosure(modules)].sort(byPath)) {
    hash.update(`${relative(root, path)}\0`).update(code);
  }
  const digest = hash.digest('hex');
  digests.set(key, digest);
  return digest;
}

const byPath = ([a]: readonly [string, string], [b]: readonly [string, string]) =>
  a < b ? -1 : a > b ? 1 : 0;

/** The files of modules and of all they import from the same project, with their code. */
export function importClosure(modules: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (url: URL) => {
    const path = fileURLToPath(url);
    if (found.has(path) || !existsSync(path)) return;
    const code = readFileSync(path, 'utf8');
    found.set(path, code);
    for (const [, specifier] of code.matchAll(SPECIFIERS)) visit(new URL(specifier, url));
  };
  for (const module of modules) visit(new URL(module));
  return found;
}
