import { PbfReader } from 'pbf';

/** A field of a message: a whole number, the 4 or 8 bytes of a fixed one, or the bytes of anything longer. */
export interface Field {
  readonly tag: number;
  /** The number of a varint; the count of bytes otherwise. */
  readonly number: number;
  /** Undefined for a varint. */
  readonly bytes: Uint8Array | undefined;
}

const VARINT = 0;
const LENGTHS: Readonly<Record<number, number>> = { 1: 8, 5: 4 };
const DELIMITED = 2;

/**
 * The fields of a protobuf message, one after the other, as views on its bytes: nothing is copied, whatever
 * lengths the message claims. Throws where it ends within a field, or holds what is none.
 */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const reader = new PbfReader(bytes);
  while (reader.pos < bytes.length) {
    const key = varint(reader);
    const [tag, type] = [Math.floor(key / 8), key % 8];
    if (type === VARINT) {
      yield { tag, number: varint(reader), bytes: undefined };
      continue;
    }
    const length = type === DELIMITED ? varint(reader) : LENGTHS[type];
    if (tag === 0 || length === undefined) {
      throw new Error(`there is no field at byte ${reader.pos}`);
    }
    const end = reader.pos + length;
    if (!(length >= 0 && end <= bytes.length)) {
      throw new Error(`it ends within a field of ${length} bytes`);
    }
    yield { tag, number: length, bytes: bytes.subarray(reader.pos, end) };
    reader.pos = end;
  }
}

function varint(reader: PbfReader): number {
  const number = reader.readVarint(true);
  if (reader.pos > reader.length) throw new Error('it ends within a number');
  return number;
}

/** A repeated whole number, packed or not. */
export function wholeNumbers({ number, bytes }: Field): number[] {
  if (bytes === undefined) return [number];
  const reader = new PbfReader(bytes);
  const numbers: number[] = [];
  while (reader.pos < bytes.length) numbers.push(varint(reader));
  return numbers;
}

/** A text. */
export function textOf({ bytes }: Field): string {
  return new TextDecoder().decode(bytes);
}

/** The bytes of a message within a message. */
export function messageOf({ tag, bytes }: Field): Uint8Array {
  if (bytes) return bytes;
  throw new Error(`field ${tag} is a number where a message is expected`);
}
