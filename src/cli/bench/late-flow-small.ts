import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { followFlow } from '../../flows/index.js';
import { compare, type Comparison, type Peer } from './compare.js';
import type { BenchEntry, Tools } from './entry.js';
import { cheapestRung } from './ladder.js';
import { packed } from './packed.js';
import { pythonPeer } from './python-peer.js';
import { directionsAt, largestDistance, referenceProblem } from './reference-problem.js';
import { callsFor, secondsPerCall } from './timed-calls.js';

/** Largest distance of a direction from the reference, at every target. */
const ACCURACY = 1e-6;
/** Seconds that a turn fills with runs. */
const TURN = 0.2;
const MOST_STEPS = 20_000;

export const lateFlowSmall: BenchEntry = {
  name: 'late-flow-small',
  about: 'the flow of 64 parameters to α = 10⁵, against the stiff solvers of SciPy and diffrax',
  async *run(tools) {
    const ours = ourSide(tools);
    yield await compare({ ...ours, ...against('scipy', 10, tools) }, tools);
    yield await compare({ ...ours, ...against('diffrax', 20, tools) }, tools);
  },
};

const problem = referenceProblem;

type OurSide = Omit<Comparison, 'name' | 'goal' | 'peers'>;

/** Our run at its cheapest tolerance, and a run of it by a Node that has just been started. */
function ourSide(tools: Tools): OurSide {
  const { objective, theta0, targets, directions } = problem();
  const answerAt = (tolerance: number) => {
    const result = followFlow(objective, theta0, { tolerance, targets, maxSteps: MOST_STEPS });
    return { counts: result.counts, answer: directionsAt(result, targets, theta0.length) };
  };
  const errorOf = (answer: Float64Array) => largestDistance(answer, directions);
  tools.update('late-flow-small: our cheapest tolerance');
  const { tolerance } = cheapestRung((tried) => errorOf(answerAt(tried).answer), ACCURACY);
  let last = answerAt(tolerance);
  const call = () => void (last = answerAt(tolerance));
  const calls = callsFor(call, TURN);
  return {
    size: `${theta0.length} parameters, α to ${targets.at(-1)!.toExponential(0)}`,
    unit: 'ms',
    accuracy: { text: '1e-6 of the reference direction at every target', limit: ACCURACY },
    difference: errorOf,
    details: { tolerance, coldSeconds: coldSeconds(tolerance), counts: last.counts },
    async ours() {
      return { seconds: secondsPerCall(call, calls), answer: last.answer };
    },
  };
}

/** Undefined where that Node fails, which is no reason to do without the rest. */
function coldSeconds(tolerance: number): number | undefined {
  const program = fileURLToPath(new URL('./cold-flow.js', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [program, String(tolerance)], {
    encoding: 'utf8',
  });
  return status === 0 ? Number(stdout) : undefined;
}

function against(
  library: 'scipy' | 'diffrax',
  least: number,
  tools: Tools,
): Pick<Comparison, 'name' | 'goal' | 'peers'> {
  const methods =
    library === 'scipy' ? ['LSODA', 'BDF', 'Radau'] : ['Kvaerno5', 'Kvaerno4', 'Kvaerno3'];
  return {
    name: `late-flow-small ${library}`,
    goal: { of: 'ratio', least },
    peers: methods.map((method) => peerOf(library, method, tools)),
  };
}

function peerOf(library: string, method: string, tools: Tools): Peer {
  const { width, objective, theta0, targets, directions } = problem();
  return pythonPeer(tools, {
    name: `${library} ${method}`,
    script: `late_flow_${library}.py`,
    problem: {
      method,
      width,
      targets,
      inputs: packed(objective.inputs),
      labels: packed(objective.labels),
      theta0: packed(theta0),
      reference: packed(Float64Array.from(directions.flatMap((row) => [...row]))),
      accuracy: ACCURACY,
      seconds: TURN,
    },
  });
}
