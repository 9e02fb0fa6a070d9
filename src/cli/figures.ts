import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exportFigures } from '../charts/node/index.js';
import { claims, type Claim } from '../claims/index.js';
import type { RecordsOf } from '../records/index.js';
import { manifestFile, readManifest, recordsOf } from '../records/node/index.js';
import type { Plan } from '../specs/plan.js';
import { defineCommand, type Command } from './command.js';
import { fromUsersFolder, requireWritable, sentenceOf } from './files.js';
import { flag, path, withDefault } from './option.js';

interface FiguresArguments {
  readonly claims: readonly string[];
  readonly from: string;
  readonly out: string | undefined;
  readonly png: boolean;
}

const options = {
  from: withDefault(
    path('DIR', 'output folder of `npm run reproduce` (default out)', 'a folder'),
    'out',
  ),
  out: path('DIR', 'folder for the figures (default: figures in that folder)', 'a folder'),
  png: flag('writes PNGs too'),
};

/** Draws what is kept: nothing that computes is loaded. */
export const figuresCommand: Command<FiguresArguments> = defineCommand({
  name: 'figures',
  usage: 'npm run figures -- [claim…] [options]',
  summary: `Draws the figures of the claims named, or of all that have records, from the records that
\`npm run reproduce\` has kept. Nothing is computed again.`,
  options,
  exits: { 0: 'when everything was drawn', 2: 'when records are missing or cannot be read' },
  ask(values, operands) {
    const known = claims.map(({ id }) => id);
    const unknown = operands.find((id) => !known.includes(id));
    if (unknown !== undefined) {
      throw new Error(`There is no claim '${unknown}'; the claims are ${known.join(', ')}.`);
    }
    return { ...values, claims: operands };
  },
  run: drawAsAsked,
});

async function drawAsAsked(args: FiguresArguments): Promise<number> {
  const from = fromUsersFolder(args.from);
  const out = args.out === undefined ? join(from, 'figures') : fromUsersFolder(args.out);
  const records = join(from, 'records');
  const wanted = claims.filter(({ id }) => args.claims.includes(id) || args.claims.length === 0);
  const failures: string[] = [];
  let written = 0;
  if (!existsSync(records)) {
    throw new Error(`${records} has no records to draw; \`npm run reproduce\` keeps them there.`);
  }
  requireWritable(out);
  for (const claim of wanted) {
    try {
      const figures = figuresOf(claim, records);
      const drawn = await exportFigures(figures, join(out, claim.id), { png: args.png });
      written += drawn.written.length;
      for (const { name, reason } of drawn.skipped) {
        console.log(`Figure ${name} was not written: ${reason}`);
      }
    } catch (error) {
      // Of all claims, those that were not run have no records.
      const asked = args.claims.length > 0 || existsSync(manifestFile(records, claim.id));
      if (asked) failures.push(`${claim.id}: ${sentenceOf(error)}`);
      else console.log(`${claim.id} is passed over: ${sentenceOf(error)}`);
    }
  }
  if (failures.length === 0 && written === 0) {
    failures.push(`${records} has no records to draw; \`npm run reproduce\` keeps them there.`);
  }
  for (const failure of failures) console.error(failure);
  if (written > 0) console.log(`${written} figure files are in ${out}`);
  return failures.length > 0 || written === 0 ? 2 : 0;
}

function figuresOf<P extends Plan>(claim: Claim<P>, folder: string) {
  const records = recordsOf(folder, readManifest(folder, claim.id));
  if (records === undefined)
    throw new Error('a run did not reach its goal, so there is no figure.');
  return claim.figures(records as unknown as RecordsOf<P>);
}
