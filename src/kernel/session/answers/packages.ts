import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The beginning of a package's name where an import is being typed. */
const TYPED = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*['"](@?[\w-][\w./-]*|@)?$/;

/** Names of packages that can be imported in a folder, where that is what is being typed. */
export function packagesFor(before: string, folder: string): readonly string[] {
  if (!TYPED.test(before)) return [];
  const found = new Set<string>();
  for (let at = folder; ; at = dirname(at)) {
    for (const name of namesIn(join(at, 'node_modules'))) {
      if (!name.startsWith('@')) found.add(name);
      else if (name !== '@types') {
        for (const inner of namesIn(join(at, 'node_modules', name))) found.add(`${name}/${inner}`);
      }
    }
    if (at === dirname(at)) return [...found];
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}
