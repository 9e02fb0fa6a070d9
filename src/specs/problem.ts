import type { z } from 'zod';
import { datasetFormat } from './dataset.js';
import { object, schemaKey, word } from './fields.js';
import { lossFormat } from './loss.js';
import { networkFormat } from './network.js';
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

export type ProblemEntry = z.output<typeof problemFormat>;
export type FlowEntry = z.output<typeof flowFormat>;
