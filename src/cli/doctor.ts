import { linearAlgebraItems, machineItems, optionalItems } from './doctor-checks.js';
import { formatItems, verdict } from './doctor-report.js';

/**
 * `npm run doctor`: what the project found on this machine, and how fast it is. Takes a few seconds.
 * Exit status 1 when something required is missing or wrong, else 0.
 */
const items = [...machineItems(), ...linearAlgebraItems(), ...optionalItems()];
const { status, sentence } = verdict(items);
console.log(`${formatItems(items)}\n\n${sentence}`);
process.exitCode = status;
