import { StringDecoder } from 'node:string_decoder';

/** What becomes of lines that are longer than one may be. */
export interface LineLimit {
  /** Characters in a line at most. */
  readonly most: number;
  /** Called once for each line that is longer, whose text is left out. */
  onLonger(): void;
}

/** Cuts a stream of bytes into lines. Of a line on its way it keeps no more than the limit. */
export function lineReader(
  handle: (line: string) => void,
  limit: LineLimit = { most: Infinity, onLonger: () => undefined },
): (bytes: Buffer) => void {
  const decoder = new StringDecoder('utf8');
  let pieces: string[] = [];
  let length = 0;
  let isTooLong = false;
  const add = (piece: string) => {
    length += piece.length;
    if (length <= limit.most) return void pieces.push(piece);
    pieces = [];
    if (!isTooLong) limit.onLonger();
    isTooLong = true;
  };
  const end = () => {
    const line = pieces.join('');
    const isWhole = !isTooLong;
    pieces = [];
    length = 0;
    isTooLong = false;
    if (isWhole) handle(line);
  };
  return (bytes) => {
    const [first, ...others] = decoder.write(bytes).split('\n');
    add(first);
    for (const piece of others) {
      end();
      add(piece);
    }
  };
}

/** Parses each line; what is no JSON is left out. */
export function jsonReader<Line>(handle: (line: Line) => void): (bytes: Buffer) => void {
  return lineReader((line) => {
    const parsed = parsedJson(line) as Line | undefined;
    if (parsed !== undefined) handle(parsed);
  });
}

/** The value that a text stands for; undefined where it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
