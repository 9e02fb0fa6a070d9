import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNpz, type NumericArray } from '../../../src/datasets/index.js';
import { decodeOnnx, importOnnx, type ImportedNetwork } from '../../../src/networks/index.js';
import { projectRoot } from '../../helpers/project-root.js';

const folder = join(projectRoot(), 'test', 'networks', 'onnx', 'fixtures');

/** The path of a file that export.py wrote. */
export function fixture(file: string): string {
  return join(folder, file);
}

/** 'lenet-script' and the others. */
export const modelNames = readdirSync(folder)
  .filter((file) => file.endsWith('.onnx'))
  .map((file) => file.replace(/\.onnx$/, ''));

export function nothingBeside(): Uint8Array {
  throw new Error('nothing is kept elsewhere');
}

export function modelOf(name: string): ImportedNetwork {
  const file = `${name}.onnx`;
  return importOnnx(decodeOnnx(readFileSync(fixture(file)), file, nothingBeside), file, name);
}

/** What PyTorch computes with a model. */
export function expectedOf(name: string): ReadonlyMap<string, NumericArray> {
  return readNpz(fixture(`${name.replace(/-\w+$/, '')}.npz`));
}
