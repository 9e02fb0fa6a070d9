import { createInterface } from 'node:readline';
import { followFlowAsync, type Counts, type FlowPoint } from '../../flows/index.js';
import { installNativeLinearAlgebra } from '../../native/index.js';
import { degreeOrZero } from '../../networks/index.js';
import { sentenceOf } from '../files.js';
import { imageStart, type ImageStart, type ImageTask } from './image-problem.js';
import { packed, type Packed } from './packed.js';

/**
 * A program that follows one flow in a process of its own, so that its peak memory is that of the flow:
 * it answers a line with a `FlowRequest` by a line with a `FlowAnswer`, as the peers do.
 */
export interface FlowRequest {
  readonly task: ImageTask;
  readonly tolerance: number;
  readonly targets: readonly number[];
  readonly maxSteps: number;
}

/** The run where it met a target; counts and seconds are those since the start. */
export interface FlowRow extends Counts {
  readonly alpha: number;
  readonly seconds: number;
  readonly logNorm: number;
  /** Pairs whose dual variable matters at the run's tolerance. */
  readonly active: number;
  readonly direction: Packed;
}

export interface FlowAnswer {
  readonly message: string;
  readonly finished: boolean;
  readonly seconds: number;
  readonly parameters: number;
  /** Largest memory of the process, in MiB. */
  readonly peak: number;
  readonly rows: readonly FlowRow[];
}

/** Pairs below tolerance·e^(−6) are outside the flow's linear algebra. */
const INACTIVE = Math.exp(-6);

async function follow(request: FlowRequest): Promise<FlowAnswer> {
  const { task, tolerance, targets, maxSteps } = request;
  const start = imageStart(task);
  const rows: FlowRow[] = [];
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1e3;
  let spoken = 0;
  const onStep = (point: FlowPoint, counts: Counts) => {
    if (point.alpha >= targets[rows.length] * (1 - 1e-6)) {
      rows.push({ ...rowAt(start, point, tolerance), ...counts, seconds: seconds() });
    }
    if (seconds() - spoken < 2) return;
    spoken = seconds();
    send({ progress: `α = ${point.alpha.toPrecision(4)} after ${counts.accepted} steps` });
  };
  const options = { tolerance, targets, maxSteps, keep: 'marks', onStep } as const;
  const { message, status } = await followFlowAsync(start.objective, start.theta0, options);
  return {
    message,
    finished: status === 'finished',
    seconds: seconds(),
    parameters: start.theta0.length,
    peak: process.resourceUsage().maxRSS / 1024,
    rows,
  };
}

function rowAt({ objective }: ImageStart, point: FlowPoint, tolerance: number) {
  const { alpha, logNorm, direction } = point;
  const { q } = objective.evaluate(
    direction,
    Math.exp(degreeOrZero(objective.network.degree) * logNorm),
  );
  const least = INACTIVE * tolerance;
  const active = q.reduce((count, value) => count + (value > least ? 1 : 0), 0);
  return { alpha, logNorm, active, direction: packed(direction) };
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

installNativeLinearAlgebra();
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  follow(JSON.parse(line) as FlowRequest).then(send, (error: unknown) =>
    send({ error: sentenceOf(error) }),
  );
});
// Whoever asked has ended.
lines.on('close', () => process.exit());
