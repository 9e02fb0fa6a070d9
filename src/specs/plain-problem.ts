import { requireAgreement } from './agreement.js';
import { faultIn, parseSpec } from './faults.js';
import { withInputs } from './network-sizes.js';
import { plainFormat, type PlainProblem } from './plain-format.js';
import type { ProblemEntry } from './problem.js';

/** The problem in the content of a file called `name`. Throws one sentence that names the place. */
export function plainProblem(raw: unknown, name: string): PlainProblem {
  const parsed = parseSpec(plainFormat, raw, name);
  const { network, inputs } = parsed;
  const problem = { ...parsed, network: withInputs(network, inputs[0].length) };
  requireAgreement(problem, (path, value, expected) => {
    throw new Error(faultIn(name, path, value, expected));
  });
  return problem;
}

/** The same as a description that has been checked. */
export function entryOfPlain(problem: PlainProblem, name: string): ProblemEntry {
  const { network, loss, classes, inputs, labels, theta0 } = problem;
  return {
    name,
    data: { kind: 'inline', name, classes, inputs, labels },
    network,
    loss,
    start: { kind: 'theta', theta: theta0 },
  };
}
