import type { z } from 'zod';
import { datasetFormat } from './dataset.js';
import { object, schemaKey, word } from './fields.js';
import { lossFormat } from './loss.js';
import { denseNetworkFormat, networkFormat } from './network.js';
import { solverFormat } from './solver.js';
import { probeFormat, startFormat } from './start.js';

const parts = {
  ...schemaKey,
  name: word.default('problem').describe('What results and messages call it.'),
  data: datasetFormat,
  network: networkFormat,
  loss: lossFormat,
  start: startFormat,
  probe: probeFormat.optional(),
};

/** A problem for the flow: data, network, loss and start. */
export const problemFormat = object(parts);

/** The same with how it is solved. */
export const flowFormat = object({ ...parts, solver: solverFormat });

/** The same for a file: on a network that a flow can be followed on into its late phase. */
export const flowFileFormat = object({
  ...parts,
  network: denseNetworkFormat,
  solver: solverFormat,
});

/** What a description in code is checked by: with how it is solved, where it says that. */
export function formatOf(spec: object): typeof problemFormat | typeof flowFormat {
  return 'solver' in spec ? flowFormat : problemFormat;
}

/** A description of a problem once it is checked and filled in. */
export type ProblemEntry = Omit<z.output<typeof problemFormat>, '$schema'>;
/** The same of a file, with how it is solved. */
export type FlowFileEntry = Omit<z.output<typeof flowFileFormat>, '$schema'>;
