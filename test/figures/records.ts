import type { Claim, ClaimResult } from '../../src/claims/index.js';
import {
  imageProblem,
  kinkedRun,
  planarProblem,
  runDescent,
  runFlow,
} from '../../src/experiments/index.js';
import { logisticLoss } from '../../src/losses/index.js';
import { madeUpComparison } from '../claims/scaled-records.js';

const settings = { scale: 'smoke', seed: 1 } as const;

/** Results of all claims from short runs, without their judges. */
export async function shortResults(): Promise<ClaimResult[]> {
  const smooth = planarProblem('squared-relu', 1);
  const squared = await runFlow(smooth, 5, settings);
  const relu = await runFlow(planarProblem('relu', 1), 3, settings);
  const logistic = await runFlow(planarProblem('relu', 2, logisticLoss), 3, settings);
  const images = await runFlow(imageProblem('squared-relu', 'smoke', 1), 4, settings);
  const descent = (c: number) => runDescent(smooth, { c, decades: 2, maxSteps: 100_000 }, settings);
  const result = (id: string, record: unknown): ClaimResult => ({
    claim: { id } as Claim,
    verdict: 'inconclusive',
    evidence: [],
    record,
  });
  return [
    result('directional-convergence', { flows: [squared, relu, images], descent: descent(0.1) }),
    result('alignment', {
      flows: [squared, images],
      beyond: relu,
      descent: descent(0.05),
      halved: descent(0.025),
      coarse: descent(0.5),
    }),
    result('margin-maximization', { flows: [squared, images], kinked: relu }),
    result('relu-alignment', {
      sweep: { runs: [kinkedRun(relu, 1), kinkedRun(logistic, 2)], unfinished: [] },
      images: { seed: 1, loss: 'exponential', message: 'Not run.' },
      plane: kinkedRun(relu, 1),
      descent: runDescent(
        planarProblem('relu', 1),
        { c: 0.05, decades: 2, maxSteps: 100_000 },
        settings,
      ),
    }),
    result('loss-scaled-steps', madeUpComparison()),
  ];
}
