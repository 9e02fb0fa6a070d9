import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Results, Timings } from '../../report/index.js';
import { readJson } from '../json-file.js';
import { jsonNumber, verdictName } from '../reproduce/notebook-check.js';

const evidence = z.object({
  metric: z.string(),
  value: jsonNumber,
  threshold: z.string(),
  note: z.string(),
  verdict: z.union([verdictName, z.literal('reported')]),
});

const results = z.object({
  claims: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      statement: z.string(),
      verdict: verdictName,
      expected: verdictName,
      source: z.string(),
      criterion: z.string(),
      evidence: z.array(evidence),
    }),
  ),
  missing: z.array(z.object({ id: z.string(), reason: z.string() })).optional(),
  provenance: z.object({
    afterfit: z.string(),
    scale: z.string(),
    seed: z.number(),
    node: z.string(),
    linearAlgebra: z.string(),
    versions: z.record(z.string(), z.string().nullable()),
    commit: z.string().nullable(),
    dirty: z.boolean().nullable(),
    data: z.record(z.string(), z.string()),
  }),
});

const timings = z.object({
  began: z.string(),
  seconds: z.number(),
  claims: z.array(z.object({ id: z.string(), seconds: z.number(), reused: z.boolean() })),
  notebooks: z.array(z.object({ file: z.string(), seconds: z.number() })),
  machine: z.object({
    platform: z.string(),
    processor: z.string(),
    cores: z.number(),
    memory: z.number(),
  }),
});

/** What `npm run reproduce` wrote as results.json. Throws a sentence where there is none, or something else. */
export function readResults(path: string): Results {
  if (!existsSync(path)) {
    throw new Error(
      `${path}: no such file; expected the results that \`npm run reproduce\` writes.`,
    );
  }
  return checked(path, results);
}

/** What it wrote as timings.json; undefined where there is none. */
export function readTimings(path: string): Timings | undefined {
  return existsSync(path) ? checked(path, timings) : undefined;
}

function checked<T>(path: string, schema: z.ZodType<T>): T {
  const found = schema.safeParse(readJson(path, path));
  if (found.success) return found.data;
  const [{ path: place, message }] = found.error.issues;
  throw new Error(
    `${path}: expected what \`npm run reproduce\` writes; ${place.join('.') || 'all of it'}: ${message}.`,
  );
}
