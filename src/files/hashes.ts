import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readWhole } from './read.js';

/**
 * SHA-256, in hexadecimal digits, of every file below a folder, by its path there with forward slashes, in a
 * fixed order. Throws one sentence that names a file that cannot be read.
 */
export function fileHashes(folder: string): Record<string, string> {
  const hashes: Record<string, string> = {};
  const visit = (below: string) => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) visit(path);
      else {
        const bytes = readWhole(join(folder, path));
        hashes[path] = createHash('sha256').update(bytes).digest('hex');
      }
    }
  };
  visit('');
  return hashes;
}
