import type { ReproduceOptions } from './options.js';
import type { Reproduction } from './reproduction.js';

/** The last words of a run: where things are, or what is wrong. */
export function endText(
  run: Reproduction,
  { out }: Pick<ReproduceOptions, 'out'>,
): { stdout: string; stderr: string } {
  const { outcomes, failures, interrupted } = run;
  const skipped = outcomes.flatMap((outcome) => outcome.skipped);
  const figures = outcomes.flatMap((outcome) => outcome.figures);
  const stdout = [
    ...skipped.map(({ name, reason }) => `Figure ${name} was not written: ${reason}`),
    ...(outcomes.length > 0
      ? [`Results, timings and ${figures.length} figure files are in ${out}`]
      : []),
  ];
  return {
    stdout: stdout.join('\n'),
    stderr: [...failures, ...(interrupted ? [interruption(outcomes)] : [])].join('\n'),
  };
}

function interruption(outcomes: Reproduction['outcomes']): string {
  if (outcomes.length === 0) return 'Interrupted before a claim was finished.';
  const finished = outcomes.map(({ id }) => id).join(', ');
  return `Interrupted; finished: ${finished}. The same command goes on from here.`;
}
