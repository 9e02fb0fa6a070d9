import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { followFlow } from '../../flows/index.js';
import { compare, type Comparison, type Peer } from './compare.js';
import type { BenchEntry, Tools } from './entry.js';
import { cheapestRung } from './ladder.js';
import { pythonPeer } from './python-peer.js';
import {
  directionsAt,
  largestDistance,
  packedReference,
  referenceProblem,
} from './reference-problem.js';
import { callsFor, secondsPerCall } from './timed-calls.js';

/** Largest distance of a direction from the reference, at every target. */
const ACCURACY = 1e-6;
/** Seconds that a turn fills with runs. */
const TURN = 0.2;
const MOST_STEPS = 20_000;

/** A library with its stiff methods, and how much help it gets. */
interface Rival {
  readonly name: string;
  readonly library: 'scipy' | 'diffrax';
  readonly methods: readonly string[];
  /** With our Jacobian and the best variable, or as one would write it. */
  readonly tuned: boolean;
  /** What the table says of that. */
  readonly words: string;
  /** The ratio to reach. */
  readonly least: number;
}

const scipy = { library: 'scipy', methods: ['LSODA', 'BDF', 'Radau'], least: 10 } as const;
const rivals: readonly Rival[] = [
  { ...scipy, name: 'scipy', tuned: false, words: ', own Jacobian' },
  { ...scipy, name: 'scipy-tuned', tuned: true, words: ', given Jacobian' },
  {
    name: 'diffrax',
    library: 'diffrax',
    methods: ['Kvaerno5', 'Kvaerno4', 'Kvaerno3'],
    tuned: true,
    words: '',
    least: 20,
  },
];

export const lateFlowSmall: BenchEntry = {
  name: 'late-flow-small',
  about: 'the flow of 64 parameters to α = 10⁵, against the stiff solvers of SciPy and diffrax',
  async *run(tools) {
    const ours = ourSide(tools);
    for (const rival of rivals) yield await compare({ ...ours, ...against(rival, tools) }, tools);
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

function against(rival: Rival, tools: Tools): Pick<Comparison, 'name' | 'goal' | 'peers'> {
  return {
    name: `late-flow-small ${rival.name}`,
    goal: { of: 'ratio', least: rival.least },
    peers: rival.methods.map((method) => peerOf(rival, method, tools)),
  };
}

function peerOf({ library, tuned, words }: Rival, method: string, tools: Tools): Peer {
  return pythonPeer(tools, {
    name: `${library} ${method}${words}`,
    script: `late_flow_${library}.py`,
    problem: {
      method,
      tuned,
      ...packedReference(problem()),
      accuracy: ACCURACY,
      seconds: TURN,
    },
  });
}
