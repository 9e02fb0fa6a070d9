import { z } from 'zod';
import { experimentFormat } from './experiment-format.js';
import { jsonSchemaOf } from './json-schema.js';
import { networkFileFormat } from './network-file.js';
import { plainFormat } from './plain-format.js';
import { flowFileFormat } from './problem.js';
import { sweepFormat } from './sweep-format.js';
import { trainingFormat } from './training.js';

/** What the commands read, by the name of the file that the schema is published in. */
const FILES = {
  'flow-problem': {
    title: 'A problem for npm run flow',
    format: z.union([plainFormat, flowFileFormat]),
  },
  training: { title: 'A training for npm run train', format: trainingFormat },
  network: { title: 'A network for npm run measure', format: networkFileFormat },
  experiment: { title: 'An experiment for npm run experiment', format: experimentFormat },
  sweep: { title: 'A sweep for npm run sweep', format: sweepFormat },
} as const;

/** What a JSON Schema is published of. */
export type PublishedName = keyof typeof FILES;
/** All of these. */
export const publishedNames = Object.keys(FILES) as PublishedName[];

/** The JSON Schema (draft 7, which editors know best) of what a command reads. */
function publishedSchema(name: PublishedName): Readonly<Record<string, unknown>> {
  const { title, format } = FILES[name];
  const { $schema, ...schema } = jsonSchemaOf(format, 'ref');
  return { $schema, title, ...schema };
}

/** The same as the text of a file. */
export function publishedText(name: PublishedName): string {
  return `${JSON.stringify(publishedSchema(name), null, 2)}\n`;
}
