import { createHash } from 'node:crypto';
import type { Dataset } from '../datasets/dataset.js';
import { isNamedLoss, type Loss } from '../losses/index.js';
import type { RunIdentity } from './store.js';

/** What decides the bytes of a run, each part as a short text: two runs with the same are the same. */
export type Fingerprint = Readonly<Record<string, string>>;

/** The fingerprint of a run: hashes of its network, data and start, and its settings as text. */
export function fingerprint(identity: RunIdentity): Fingerprint {
  const { problem, theta0, chunk, phases, saveFactor, keep, engine } = identity;
  const { network, train, test, loss, seed } = problem;
  return {
    network: `${network.name}, ${digest(JSON.stringify([network.image, network.nodes]))}`,
    'training set': dataText(train),
    'test set': test ? dataText(test) : 'none',
    loss: lossText(loss),
    start: digest(theta0),
    seed: String(seed),
    phases: JSON.stringify(phases),
    'chunk of images': String(chunk),
    'growth of α between rows': String(saveFactor),
    'rows that keep their θ': keep,
    engine,
  };
}

/** Texts longer than this are not quoted. */
const QUOTED = 80;

/** One clause on where a found run differs from the wanted one; undefined where it is the same. */
export function difference(found: Fingerprint, wanted: Fingerprint): string | undefined {
  const part = Object.keys(wanted).find((name) => found[name] !== wanted[name]);
  if (part === undefined) return undefined;
  const [there, asked] = [found[part] ?? 'none', wanted[part]];
  if (there.length + asked.length > 2 * QUOTED) return `its ${part} differ`;
  return `its ${part}: ${there}; asked for: ${asked}`;
}

/** Margins of which all losses have an α, and a few more. */
const PROBES = [Float64Array.of(2, 3, 5), Float64Array.of(-1, 0.5, 2), Float64Array.of(40, 41, 60)];

/** The name of a loss, and for one of somebody's own what it makes of a few margins. */
function lossText(loss: Loss): string {
  if (isNamedLoss(loss)) return loss.name;
  const answers = PROBES.flatMap((margins) => {
    const q = new Float64Array(margins.length);
    const alpha = loss.dual(margins.slice(), 1, q);
    return [Float64Array.of(alpha, loss.logRisk(alpha), loss.logSlope(alpha)), q];
  });
  return `${loss.name}, ${digest(...answers)}`;
}

function dataText({ name, examples, inputs, labels }: Dataset): string {
  return `${name}, ${examples} images, ${digest(inputs, labels)}`;
}

/** The first 16 digits of the SHA-256; numbers by their float64 bytes. */
function digest(...parts: readonly (string | Float64Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(typeof part === 'string' ? part : bytesOf(part));
  return hash.digest('hex').slice(0, 16);
}

function bytesOf({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
