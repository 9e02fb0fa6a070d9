import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../helpers/project-root.js';

/** The scripts of docs/browser.md by the names in their first lines. */
export function documentedScripts(): ReadonlyMap<string, string> {
  const page = readFileSync(join(projectRoot(), 'docs', 'browser.md'), 'utf8');
  const blocks = [...page.matchAll(/^```js\n\/\/ (\S+)\n([\s\S]*?)^```$/gm)];
  return new Map(blocks.map(([, name, script]) => [name, script]));
}
