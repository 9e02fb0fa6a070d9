import type { z } from 'zod';
import { datasetFormat } from './dataset.js';
import { experimentFormat } from './experiment-format.js';
import { imageNetworkFormat } from './image-network.js';
import { jsonSchemaOf } from './json-schema.js';
import { denseNetworkFormat } from './network.js';
import { plainFormat } from './plain-format.js';
import { flowFileFormat } from './problem.js';
import { solverFormat } from './solver.js';
import { startFormat } from './start.js';
import { phaseFormat, trainingFormat } from './training.js';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly not?: object;
}

/** Keys that say something, in order. */
function fieldsOf({ properties = {}, required = [] }: Schema) {
  return Object.entries(properties)
    .filter(([, field]) => !field.not && !isSilent(field))
    .map(([name, field]) => ({ name, field, needed: required.includes(name) }));
}

/** What may be anything says nothing: what results add, and where a schema is. */
function isSilent(field: Schema): boolean {
  return Object.keys(field).every((key) => key === 'description');
}

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const table = (rows: readonly (readonly string[])[]) =>
  [rows[0], rows[0].map(() => '---'), ...rows.slice(1)]
    .map((row) => `| ${row.map(cell).join(' | ')} |`)
    .join('\n');

function leftOut(field: Schema, needed: boolean): string {
  if (needed) return 'needed';
  return field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``;
}

/** One line for each field of an object: name, meaning, and what it is where it is left out. */
function fieldTable(format: z.ZodType): string {
  const rows = fieldsOf(jsonSchemaOf(format) as Schema).map(({ name, field, needed }) => [
    `\`${name}\``,
    field.description ?? '',
    leftOut(field, needed),
  ]);
  return table([['field', 'meaning', 'if left out'], ...rows]);
}

/** One line for each kind of a choice: its name and its fields, those that may be left out in brackets. */
function kindTable(format: z.ZodType): string {
  const rows = ((jsonSchemaOf(format) as Schema).oneOf ?? []).map((branch) => {
    const { kind } = branch.properties!;
    const names = kind.enum ?? [kind.const!];
    const fields = fieldsOf(branch)
      .filter(({ name }) => name !== 'kind')
      .map(({ name, needed }) => (needed ? `\`${name}\`` : `[\`${name}\`]`));
    return [names.map((name) => `\`${name}\``).join(', '), fields.join(', ')];
  });
  return table([['kind', 'fields'], ...rows]);
}

/**
 * One line for each field of a choice's kinds, and the kinds where it means that; fields without a word on
 * them speak for themselves.
 */
function kindFieldTable(format: z.ZodType): string {
  const meanings = new Map<
    string,
    { name: string; field: Schema; kinds: string[]; needed: boolean }
  >();
  const branches = (jsonSchemaOf(format) as Schema).oneOf ?? [];
  for (const branch of branches) {
    const { kind } = branch.properties!;
    for (const { name, field, needed } of fieldsOf(branch)) {
      if (name === 'kind' || field.description === undefined) continue;
      const key = JSON.stringify([name, needed, field.description, field.default]);
      const known = meanings.get(key) ?? { name, field, kinds: [], needed };
      known.kinds.push(...(kind.enum ?? [kind.const!]));
      meanings.set(key, known);
    }
  }
  const rows = [...meanings.values()].map(({ name, field, kinds, needed }) => {
    const alone = [...meanings.values()].filter((other) => other.name === name).length === 1;
    const title = alone ? `\`${name}\`` : `\`${name}\` of ${kinds.join(', ')}`;
    return [title, field.description!, leftOut(field, needed)];
  });
  return table([['field', 'meaning', 'if left out'], ...rows]);
}

/** The tables of the documents, by the names that the documents give their places. */
const fieldTables: Readonly<Record<string, () => string>> = {
  problem: () => fieldTable(plainFormat),
  description: () => fieldTable(flowFileFormat),
  data: () => kindTable(datasetFormat),
  'data-fields': () => kindFieldTable(datasetFormat),
  network: () => kindTable(denseNetworkFormat),
  'network-fields': () => kindFieldTable(denseNetworkFormat),
  'image-network': () => kindTable(imageNetworkFormat),
  'image-network-fields': () => kindFieldTable(imageNetworkFormat),
  start: () => kindTable(startFormat),
  'start-fields': () => kindFieldTable(startFormat),
  solver: () => fieldTable(solverFormat),
  training: () => fieldTable(trainingFormat),
  phases: () => kindTable(phaseFormat),
  'phase-fields': () => kindFieldTable(phaseFormat),
  experiment: () => kindTable(experimentFormat),
  'experiment-fields': () => kindFieldTable(experimentFormat),
};

const PLACE = /(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end -->)/g;

/** A document with its tables as the schemas have them. Throws a sentence where a table has no schema. */
export function withTables(document: string): string {
  return document.replace(PLACE, (_, begin: string, name: string, end: string) => {
    if (!Object.hasOwn(fieldTables, name)) {
      const known = Object.keys(fieldTables).join(', ');
      throw new Error(`There is no table '${name}'; expected one of ${known}.`);
    }
    return `${begin}\n${fieldTables[name]()}\n\n${end}`;
  });
}
