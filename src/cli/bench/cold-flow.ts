import { followFlow } from '../../flows/index.js';
import { installNativeLinearAlgebra } from '../../native/index.js';
import { referenceProblem } from './reference-problem.js';

/** A program that prints the seconds of the first run of a process, before any code is warm. */
installNativeLinearAlgebra();
const { objective, theta0, targets } = referenceProblem();
const began = performance.now();
followFlow(objective, theta0, { tolerance: Number(process.argv[2]), targets, maxSteps: 20_000 });
console.log((performance.now() - began) / 1e3);
