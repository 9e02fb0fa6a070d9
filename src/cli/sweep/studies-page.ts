import { exceptionsByKind, studies, type SweepStudy } from '../../claims/index.js';
import { counted } from '../../text/numbers.js';
import { evidenceTables, inText, pageTable } from '../reproduce/evidence-tables.js';
import { placeOf } from './judged.js';
import type { KeptStudy, RowsOrigin } from './kept-studies.js';

/** Digits of a hash that tell codes apart. */
const CODE = 12;

const INTRODUCTION = `# What the sweeps say

The sweeps of this folder were run in full; what each is asked, how that is judged, what its rows say, and every run
that is not as the statement says, with the reason that its own row gives. The numbers are those of
[sweep-results.json](../sweep-results.json), and the rows those of the Parquet files here, with the columns that the
judges read. This page is written by \`node dist/cli/sweep/publish.js\`. A number that is *reported* decides nothing.
`;

/** The page of all studies, in their order; one without results is left out. */
export function studiesPage(kept: readonly KeptStudy[]): string {
  const sections = studies.flatMap((study) => {
    const found = kept.find(({ id }) => id === study.id);
    return found === undefined ? [] : [section(study, found)];
  });
  return [INTRODUCTION, ...sections].join('\n');
}

function section(study: SweepStudy, kept: KeptStudy): string {
  const { sweep, title, statement, criterion, verdict, expected, runs, evidence } = kept;
  const outcome = verdict === expected ? 'as expected' : `though *${expected}* was expected`;
  return [
    `## ${inText(title)}`,
    '',
    `Sweep [${sweep}](${sweep}.json), study \`${study.id}\`. ${inText(statement)}`,
    '',
    `*How it is judged.* ${inText(criterion)}`,
    '',
    `**${verdict}**, ${outcome}, by ${counted(runs, 'run')}.`,
    '',
    ...evidenceTables(evidence),
    `The rows were computed with ${originText(kept.origin)}.`,
    '',
    ...exceptionsOf(study, kept),
  ].join('\n');
}

function originText({ node, linearAlgebra, code }: RowsOrigin): string {
  return `Node ${node}, linear algebra ${inText(linearAlgebra)}, code ${code.slice(0, CODE)}`;
}

function exceptionsOf({ kinds }: SweepStudy, { runs, exceptions }: KeptStudy): string[] {
  if (exceptions.length === 0) return ['No run is an exception.', ''];
  const rows = exceptions.map(({ run, kind, why }) => ({ row: run, kind, why }));
  const groups = exceptionsByKind(rows).flatMap(([kind, some]) => [
    `**${some.length} × ${inText(kind)}.** ${inText(kinds[kind] ?? '')}`,
    '',
    ...pageTable(
      ['run', 'why'],
      some.map(({ row, why }) => [placeOf(row, Object.keys(row)), why]),
    ),
  ]);
  return [`${exceptions.length} of ${counted(runs, 'run')} are exceptions.`, '', ...groups];
}
