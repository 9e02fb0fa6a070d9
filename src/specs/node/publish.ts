import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withTables } from '../field-tables.js';
import { publishedNames, publishedText } from '../published.js';

/** Writes the schemas and the tables of docs/ anew; a test says when that is due. */
const docs = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'docs');
mkdirSync(join(docs, 'schemas'), { recursive: true });
for (const name of publishedNames) {
  writeFileSync(join(docs, 'schemas', `${name}.schema.json`), publishedText(name));
}
for (const page of ['flow.md', 'train.md', 'records.md']) {
  const path = join(docs, page);
  writeFileSync(path, withTables(readFileSync(path, 'utf8')));
}
