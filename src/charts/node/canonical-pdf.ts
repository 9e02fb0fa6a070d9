/**
 * A PDF with its fonts and pictures in the order of their names and its objects in the order in which they are reached from
 * its root. The library behind vl-convert writes them in an order that changes from call to call; in this form
 * the same drawing gives the same bytes. For plain files as that library writes them: one table of references, no updates, no encryption.
 * Throws a sentence for others.
 */
export function canonicalPdf(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1');
  const [, start] = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text) ?? [];
  const table = text.slice(Number(start));
  const [, trailer] = /trailer\s*(<<.*>>)\s*startxref/s.exec(table) ?? [];
  const [, root] = /\/Root (\d+) 0 R/.exec(trailer ?? '') ?? [];
  if (root === undefined) throw new Error('This PDF has no table of references with a root.');
  const offsets = offsetsIn(table);
  const objects = objectsIn(text, offsets, Number(start));
  const order = [Number(root), ...infoIn(trailer)].reduce<number[]>(
    (found, number) => reached(number, objects, found),
    [],
  );
  const numbers = new Map(order.map((old, k) => [old, k + 1]));
  const renumbered = (part: string) =>
    part.replace(REFERENCE, (_, old: string) => `${numbers.get(Number(old))} 0 R`);
  let written = text.slice(0, Math.min(...offsets.values()));
  const places = order.map((old, k) => {
    const place = written.length;
    const { head, stream } = objects.get(old)!;
    written += `${k + 1} 0 obj${renumbered(head)}${stream}`;
    return place;
  });
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
  const end = renumbered(trailer).replace(/\/Size \d+/, `/Size ${order.length + 1}`);
  const references = `xref\n0 ${order.length + 1}\n0000000000 65535 f \n${entries.join('')}`;
  const tail = `${references}trailer\n${end}\nstartxref\n${written.length}\n%%EOF`;
  return Buffer.from(written + tail, 'latin1');
}

const REFERENCE = /\b(\d+) 0 R\b/g;

/** The fonts, pictures, patterns and so on of a page or a picture, a line for each. */
const RESOURCES =
  /(\/(?:Font|XObject|Pattern|Shading|ExtGState|ColorSpace) <<\n)((?:\s+\/\w+ [^\n<>]*\n)+)/g;

function sortedLines(_: string, begin: string, lines: string): string {
  return `${begin}${lines.trimEnd().split('\n').sort().join('\n')}\n`;
}

interface PdfObject {
  /** What follows the number: a dictionary, an array or a value. */
  readonly head: string;
  /** Its stream, if it has one, and its end. */
  readonly stream: string;
}

/** Where each object begins, by its number. */
function offsetsIn(table: string): Map<number, number> {
  const [, first] = /^xref\s+(\d+) \d+\s/.exec(table) ?? [];
  const entries = table.match(/^\d{10} \d{5} [nf]/gm) ?? [];
  return new Map(
    entries.flatMap((entry, k) =>
      entry.endsWith('n') ? [[Number(first) + k, Number(entry.slice(0, 10))] as const] : [],
    ),
  );
}

function objectsIn(
  text: string,
  offsets: ReadonlyMap<number, number>,
  end: number,
): Map<number, PdfObject> {
  const sorted = [...offsets].sort(([, a], [, b]) => a - b);
  return new Map(
    sorted.map(([number, from], k) => {
      const whole = text.slice(from, sorted[k + 1]?.[1] ?? end).replace(/^\d+ 0 obj/, '');
      const stream = /\bstream\r?\n/.exec(whole)?.index ?? whole.lastIndexOf('endobj');
      const head = whole.slice(0, stream).replace(RESOURCES, sortedLines);
      return [number, { head, stream: whole.slice(stream) }];
    }),
  );
}

/** The object that says what wrote the file, where there is one. */
function infoIn(trailer: string): number[] {
  const [, info] = /\/Info (\d+) 0 R/.exec(trailer) ?? [];
  return info === undefined ? [] : [Number(info)];
}

/** The numbers of the objects that are used, each where it is first referred to, after those found before. */
function reached(
  root: number,
  objects: ReadonlyMap<number, PdfObject>,
  before: readonly number[],
): number[] {
  const order = new Set(before);
  const visit = (number: number): void => {
    const object = objects.get(number);
    if (object === undefined || order.has(number)) return;
    order.add(number);
    for (const [, next] of object.head.matchAll(REFERENCE)) visit(Number(next));
  };
  visit(root);
  return [...order];
}
