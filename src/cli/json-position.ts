import { parse, type ParseError } from 'jsonc-parser';

/** Where a text stops being JSON, counted from 1; Node 20 does not always say. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  /** What stands there, in words. */
  readonly found: string;
}

/** The first place that cannot be as it is; undefined for a text that is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  const faults: ParseError[] = [];
  parse(text, faults, { disallowComments: true, allowTrailingComma: false });
  if (faults.length === 0) return undefined;
  const offset = Math.min(...faults.map((fault) => fault.offset));
  const before = text.slice(0, offset).split('\n');
  return {
    line: before.length,
    column: before[before.length - 1].length + 1,
    found: offset >= text.length ? 'the end of the file' : `'${text[offset]}'`,
  };
}
