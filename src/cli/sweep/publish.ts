import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { studies } from '../../claims/index.js';
import { readSweep } from '../../experiments/sweep/results.js';
import { writeAtomically } from '../../files/write.js';
import { projectRoot } from '../../native/index.js';
import { encodeSweep } from '../../records/index.js';
import { sentenceOf } from '../files.js';
import { jsonText } from '../json-text.js';
import { keptStudy, slimTable, type KeptStudy } from './kept-studies.js';
import { studiesPage } from './studies-page.js';

/**
 * `node dist/cli/sweep/publish.js [out/sweeps]` keeps the results of the studies' sweeps that are in that folder, with
 * what their judges read, and writes docs/sweep-results.json and docs/sweeps/README.md anew from all that are kept.
 */
const docs = join(projectRoot, 'docs');
const from = process.argv[2] === undefined ? undefined : resolve(process.argv[2]);
try {
  const kept: KeptStudy[] = [];
  for (const study of studies) {
    const { sweep } = study;
    const file = join(docs, 'sweeps', `${sweep}.parquet`);
    const made = from === undefined ? '' : join(from, sweep, `${sweep}.parquet`);
    if (existsSync(made)) {
      writeAtomically(file, await encodeSweep(slimTable(study, await readSweep(made))));
    }
    if (existsSync(file)) kept.push(keptStudy(study, await readSweep(file)));
  }
  writeAtomically(join(docs, 'sweep-results.json'), jsonText({ studies: kept }));
  writeAtomically(join(docs, 'sweeps', 'README.md'), studiesPage(kept));
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 2;
}
