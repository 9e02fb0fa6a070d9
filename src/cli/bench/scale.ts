import { join } from 'node:path';
import { scalingFigure, type ScalingLaw } from '../../charts/index.js';
import { toSvg } from '../../charts/svg.js';
import { writeAtomically } from '../../files/write.js';
import { goalRecord } from './goal-record.js';
import type { BenchEntry, BenchRecord, Tools } from './entry.js';
import { flowApart } from './flow-apart.js';
import type { FlowAnswer } from './flow-worker.js';
import { powerLaw } from './power-law.js';

/** The sizes at which the flow is followed; every list has the base's own size in it. */
export interface ScalePlan {
  readonly examples: readonly number[];
  readonly widths: readonly number[];
  readonly targets: readonly number[];
  /** While another size changes. */
  readonly base: { readonly examples: number; readonly width: number; readonly target: number };
}

const full: ScalePlan = {
  examples: [100, 200, 400, 700, 1000],
  widths: [16, 32, 64, 128, 256, 512],
  targets: [10, 1e2, 1e3, 1e4, 1e5, 1e6],
  base: { examples: 200, width: 32, target: 100 },
};

const TOLERANCE = 1e-6;
const MOST_STEPS = 5_000;

export const scale: BenchEntry = {
  name: 'scale',
  about: 'how time and memory grow with examples, parameters and log α',
  run: (tools) => runScale(full, tools),
};

export async function* runScale(plan: ScalePlan, tools: Tools): AsyncGenerator<BenchRecord> {
  const { base } = plan;
  const follow = async (examples: number, width: number, last: number) => {
    tools.update(`scale: ${examples} images, width ${width}`);
    const targets = plan.targets.filter((target) => target <= last);
    const task = { examples, classes: 2, width } as const;
    const request = { task, tolerance: TOLERANCE, targets, maxSteps: MOST_STEPS };
    const answer = await flowApart(request, () => undefined);
    if (!answer.finished) throw new Error(answer.message);
    return answer;
  };
  // What the program itself needs, without a flow to speak of.
  const empty = await follow(10, plan.widths[0], plan.targets[0]);
  const byExamples: FlowAnswer[] = [];
  for (const examples of plan.examples) {
    byExamples.push(await follow(examples, base.width, base.target));
  }
  const byWidth: FlowAnswer[] = [];
  for (const width of plan.widths) {
    byWidth.push(await follow(base.examples, width, base.target));
  }
  const far = await follow(base.examples, base.width, plan.targets.at(-1)!);
  const growths = growthsOf(plan, { empty, byExamples, byWidth, far });
  const svg = join(tools.folder, 'scale.svg');
  writeAtomically(svg, await toSvg(scalingFigure(growths)));
  for (const { title, sizes, values, exponent } of growths) {
    const size = `${sizes[0]} to ${sizes.at(-1)!}`;
    const details = { sizes, values, base, tolerance: TOLERANCE };
    yield goalRecord({ name: `scale ${title}`, size, unit: 'power' }, null, {
      ours: exponent,
      details,
    });
  }
}

interface Runs {
  readonly empty: FlowAnswer;
  readonly byExamples: readonly FlowAnswer[];
  readonly byWidth: readonly FlowAnswer[];
  readonly far: FlowAnswer;
}

function growthsOf(plan: ScalePlan, { empty, byExamples, byWidth, far }: Runs): ScalingLaw[] {
  const examples = { title: 'examples', symbol: 'examples' };
  const parameters = { title: 'parameters', symbol: 'parameters' };
  const decades = { title: 'log₁₀ α', symbol: 'log α' };
  const time = { title: 'seconds', symbol: 'time' };
  const memory = { title: 'MiB beyond an empty run', symbol: 'memory' };
  const seconds = (runs: readonly { readonly seconds: number }[]) => runs.map((run) => run.seconds);
  const peaks = (runs: readonly FlowAnswer[]) =>
    runs.map(({ peak }) => Math.max(0.1, peak - empty.peak));
  const counts = byWidth.map((run) => run.parameters);
  const logs = plan.targets.map(Math.log10);
  const grow = (
    x: ScalingLaw['x'],
    y: ScalingLaw['y'],
    sizes: readonly number[],
    values: readonly number[],
  ): ScalingLaw => ({
    title: `${y.symbol} by ${x.symbol}`,
    x,
    y,
    sizes,
    values,
    ...powerLaw(sizes, values),
  });
  return [
    grow(examples, time, plan.examples, seconds(byExamples)),
    grow(parameters, time, counts, seconds(byWidth)),
    grow(examples, memory, plan.examples, peaks(byExamples)),
    grow(parameters, memory, counts, peaks(byWidth)),
    grow(decades, time, logs, seconds(far.rows)),
    grow(
      decades,
      { title: 'evaluations', symbol: 'evaluations' },
      logs,
      far.rows.map(({ evaluations }) => evaluations),
    ),
  ];
}
