import { z } from 'zod';

/** What clients may ask, as the Jupyter messaging protocol has it; unknown fields are left alone. */
export const executeRequest = z.object({
  code: z.string(),
  silent: z.boolean().default(false),
  store_history: z.boolean().default(true),
  user_expressions: z.record(z.string(), z.string()).nullish(),
  allow_stdin: z.boolean().default(true),
  stop_on_error: z.boolean().default(true),
});

const cursor = z.number().int().min(0);

export const completeRequest = z.object({ code: z.string(), cursor_pos: cursor.optional() });

export const inspectRequest = z.object({
  code: z.string(),
  cursor_pos: cursor.optional(),
  detail_level: z.number().int().default(0),
});

export const isCompleteRequest = z.object({ code: z.string() });

export const historyRequest = z.object({
  hist_access_type: z.enum(['tail', 'range', 'search']),
  output: z.boolean().default(false),
  raw: z.boolean().default(true),
  session: z.number().int().default(0),
  start: z.number().int().default(0),
  stop: z.number().int().nullable().default(null),
  n: z.number().int().nullish(),
  pattern: z.string().default('*'),
  unique: z.boolean().default(false),
});

export const commRequest = z.object({ comm_id: z.string() });
export const shutdownRequest = z.object({ restart: z.boolean().default(false) });
export const inputReply = z.object({ value: z.string() });

/** The content of a request, or one sentence on what is wrong with it. */
export function readContent<Schema extends z.ZodType>(
  schema: Schema,
  type: string,
  content: unknown,
): { content: z.infer<Schema> } | { fault: string } {
  const read = schema.safeParse(content);
  if (read.success) return { content: read.data };
  const { path, message } = read.error.issues[0];
  const place = path.length > 0 ? `'${path.join('.')}'` : 'its content';
  return { fault: `The ${type} is wrong at ${place}: ${message}.` };
}
