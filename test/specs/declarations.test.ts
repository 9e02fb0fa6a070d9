import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

/** Declarations that a file's own lead to, with what they import from elsewhere. */
function reached(entry: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const waiting = [entry];
  for (const path of waiting) {
    if (found.has(path)) continue;
    const text = readFileSync(path, 'utf8');
    const imports = [...text.matchAll(/(?:from\s+|import\()["']([^"']+)["']/g)].map((m) => m[1]);
    found.set(
      path,
      imports.filter((from) => !from.startsWith('.')),
    );
    for (const from of imports.filter((name) => name.startsWith('.'))) {
      const target = join(path, '..', from).replace(/\.js$/, '.d.ts');
      if (existsSync(target)) waiting.push(target);
    }
  }
  return found;
}

describe('the declarations that cells are compiled against', () => {
  it('need no types of the library behind the schemas, which would slow down each first cell', () => {
    const found = reached(join(projectRoot(), 'dist', 'index.d.ts'));
    expect([...found.keys()].some((path) => path.endsWith('spec-types.d.ts'))).to.equal(true);
    const zod = [...found].filter(([, imports]) => imports.includes('zod')).map(([path]) => path);
    expect(zod).to.deep.equal([]);
  });
});
