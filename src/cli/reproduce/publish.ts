import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../../files/write.js';
import { sentenceOf } from '../files.js';
import { parseJson, readText } from '../json-file.js';
import { claimsPage } from './claims-page.js';
import { publishable, withVerdicts } from './verdict-table.js';

/**
 * `node dist/cli/reproduce/publish.js [out/results.json]` keeps results as docs/results.json, and writes
 * docs/claims.md and the verdicts of the README anew from them; without a file, from those that are kept.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const kept = join(root, 'docs', 'results.json');
const page = join(root, 'docs', 'claims.md');
const readme = join(root, 'README.md');
const from = process.argv[2] === undefined ? kept : resolve(process.argv[2]);
try {
  const text = readText(from);
  const results = publishable(parseJson(text, from), from);
  writeAtomically(readme, withVerdicts(readFileSync(readme, 'utf8'), results));
  writeAtomically(page, claimsPage(results));
  if (from !== kept) writeAtomically(kept, text);
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 2;
}
