import { defineCommand, requireNoOperands, type Command } from './command.js';
import { linearAlgebraItems, machineItems, optionalItems } from './doctor-checks.js';
import { formatItems, verdict } from './doctor-report.js';

export const doctorCommand: Command = defineCommand({
  name: 'doctor',
  usage: 'npm run doctor',
  summary: 'Says what the project found on this machine, and how fast it is. Takes a few seconds.',
  options: {},
  exits: {
    0: 'when everything that is required is there',
    1: 'when something of it is missing or wrong',
    2: 'when the arguments are wrong',
  },
  ask: (_values, operands) => {
    requireNoOperands(operands);
    return true;
  },
  run() {
    const items = [...machineItems(), ...linearAlgebraItems(), ...optionalItems()];
    const { status, sentence } = verdict(items);
    console.log(`${formatItems(items)}\n\n${sentence}`);
    return status;
  },
});
