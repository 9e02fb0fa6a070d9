import { closeSync, fstatSync, lstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { decodeOnnx, importOnnx, type ImportedNetwork } from '../../networks/index.js';

/** Bytes that one file may have: protobuf itself ends at 2 GB. */
const MOST = 2 ** 31;

/** The network of an .onnx file. Throws one sentence that begins with the file's name. */
export function networkInOnnx(path: string): ImportedNetwork {
  const file = basename(path);
  const { size } = lstatSync(path);
  if (size >= MOST) throw new Error(`${file}: ${size} bytes; expected less than 2 GB.`);
  const model = decodeOnnx(readFileSync(path), file, (location, offset, length) =>
    bytesBeside(dirname(path), file, location, offset, length),
  );
  return importOnnx(model, file, file.replace(/\.onnx$/, ''));
}

/** Some bytes of a file in the folder of the model, and in no other, whatever the model asks for. */
function bytesBeside(
  folder: string,
  file: string,
  location: string,
  offset: number,
  length: number | undefined,
): Uint8Array {
  const name = normalize(location);
  if (name !== basename(name) || name === '..') {
    throw new Error(
      `${file}: it keeps numbers in '${location}'; expected a file in its own folder.`,
    );
  }
  const path = join(folder, name);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) {
    throw new Error(`${file}: it keeps numbers in '${name}'; expected that file beside it.`);
  }
  const handle = openSync(path, 'r');
  try {
    const { size } = fstatSync(handle);
    const count = length ?? size - offset;
    if (!(offset >= 0 && count >= 0 && offset + count <= size)) {
      throw new Error(
        `${name}: expected ${count} bytes from byte ${offset} on, found ${size} in all.`,
      );
    }
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count;) {
      const read = readSync(handle, bytes, at, count - at, offset + at);
      if (read === 0) throw new Error(`${name}: it ended while it was read.`);
      at += read;
    }
    return bytes;
  } finally {
    closeSync(handle);
  }
}
