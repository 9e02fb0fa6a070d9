/** One token of JSON after any white space, or nothing where none can begin. */
const TOKEN =
  /[ \t\r\n]*(?:([[\]{}:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y; // eslint-disable-line no-control-regex
const SPACE = /[ \t\r\n]*/y;

type Expected = 'value' | 'item' | 'key' | 'member' | 'colon' | 'next';

/** Where a text stops being JSON, counted from 1; Node 20 does not always say. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  /** What stands there, in words. */
  readonly found: string;
}

/** The first place that cannot be as it is; undefined for a text that is JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  const offset = faultOffset(text);
  if (offset === undefined) return undefined;
  const before = text.slice(0, offset).split('\n');
  return {
    line: before.length,
    column: before[before.length - 1].length + 1,
    found: offset >= text.length ? 'the end of the file' : `'${text[offset]}'`,
  };
}

function faultOffset(text: string): number | undefined {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    SPACE.lastIndex = TOKEN.lastIndex = at;
    SPACE.exec(text);
    if (expected === 'next' && open.length === 0) {
      return SPACE.lastIndex === text.length ? undefined : SPACE.lastIndex;
    }
    const token: RegExpExecArray | null = TOKEN.exec(text);
    const after: Expected | undefined | null = token && follow(expected, open, token);
    if (!token || !after) return SPACE.lastIndex;
    expected = after;
    at = TOKEN.lastIndex;
  }
}

/** What is expected after a token, with `open` brought up to date; undefined where it cannot stand. */
function follow(expected: Expected, open: string[], token: RegExpExecArray): Expected | undefined {
  const [, mark, text] = token;
  if (mark === undefined) {
    if (expected === 'key' || expected === 'member')
      return text === undefined ? undefined : 'colon';
    return expected === 'value' || expected === 'item' ? 'next' : undefined;
  }
  const inside = open[open.length - 1];
  if (mark === '[' || mark === '{') {
    if (expected !== 'value' && expected !== 'item') return undefined;
    open.push(mark);
    return mark === '[' ? 'item' : 'member';
  }
  if (mark === ':') return expected === 'colon' ? 'value' : undefined;
  if (mark === ',') return expected !== 'next' ? undefined : inside === '[' ? 'value' : 'key';
  const opening = mark === ']' ? '[' : '{';
  const empty = mark === ']' ? 'item' : 'member';
  if (inside !== opening || (expected !== 'next' && expected !== empty)) return undefined;
  open.pop();
  return 'next';
}
