import { shapeWords } from '../../datasets/npy.js';
import type { NumericArray } from '../../datasets/index.js';
import { slotsOf, type ImageNetwork, type Slot } from '../../networks/index.js';

/** Weights of a network that was trained elsewhere. */
export interface LoadedWeights {
  readonly theta: Float64Array;
  /** What its batch norms divide by; undefined where it has none. */
  readonly statistics: Float64Array | undefined;
  /** Which array went where: [array, slot], in the order of the slots. */
  readonly mapping: readonly (readonly [string, string])[];
}

/** Arrays to slots by name; null leaves an array out. */
export type NameMap = Readonly<Record<string, string | null>>;

/**
 * Fills a network with the arrays of a PyTorch state dict: first those that `names` has a slot for, then
 * the others in their order. Every array must have the shape of its slot, and where its name ends as
 * PyTorch's do, be of the same kind. `num_batches_tracked` is passed over. Throws one sentence that
 * names the array, its shape and what was expected; arrays that fit nothing are named too.
 */
export function loadStateDict(
  network: ImageNetwork,
  arrays: ReadonlyMap<string, NumericArray>,
  file: string,
  names: NameMap = {},
): LoadedWeights {
  const slots = slotsOf(network);
  const chosen = namedPairs(slots, arrays, file, names);
  const rest = [...arrays.keys()].filter(
    (name) => !Object.hasOwn(names, name) && !name.endsWith('num_batches_tracked'),
  );
  for (const slot of slots) {
    if (chosen.has(slot)) continue;
    const name = rest.shift();
    if (name === undefined) {
      throw new Error(
        `${file}: expected an array for ${wordsOf(slot)} of '${network.name}', and none is left.`,
      );
    }
    chosen.set(slot, name);
    requireFit(slot, name, arrays.get(name)!, file, network);
  }
  if (rest.length > 0) {
    const shown = rest.map((name) => `${name} (${shapeWords(arrays.get(name)!.shape)})`);
    throw new Error(
      `${file}: nothing in '${network.name}' is left for ${shown.join(', ')}; another network, or null for them in --map, is expected.`,
    );
  }
  const theta = new Float64Array(network.parameters);
  const statistics = new Float64Array(network.statistics);
  for (const slot of slots) {
    const { values } = arrays.get(chosen.get(slot)!)!;
    requireFinite(values, chosen.get(slot)!, file, slot);
    (slot.into === 'parameters' ? theta : statistics).set(values, slot.offset);
  }
  return {
    theta,
    statistics: network.statistics > 0 ? statistics : undefined,
    mapping: slots.map((slot) => [chosen.get(slot)!, slot.name] as const),
  };
}

function namedPairs(
  slots: readonly Slot[],
  arrays: ReadonlyMap<string, NumericArray>,
  file: string,
  names: NameMap,
): Map<Slot, string> {
  const chosen = new Map<Slot, string>();
  for (const [name, target] of Object.entries(names)) {
    const array = arrays.get(name);
    if (!array) throw new Error(`--map: ${file} has no array ${name}.`);
    if (target === null) continue;
    const slot = slots.find((slot) => slot.name === target);
    if (!slot) {
      const known = slots.map((slot) => slot.name).join(', ');
      throw new Error(`--map: ${name} goes to '${target}'; expected one of ${known}.`);
    }
    if (chosen.has(slot)) {
      throw new Error(`--map: both ${chosen.get(slot)} and ${name} go to '${target}'.`);
    }
    if (shapeWords(array.shape) !== shapeWords(slot.shape)) {
      throw new Error(
        `${file}: ${name} is ${shapeWords(array.shape)}; expected ${shapeWords(slot.shape)}, the shape of ${slot.name}.`,
      );
    }
    chosen.set(slot, name);
  }
  return chosen;
}

const SUFFIX = /(?:^|\.)(weight|bias|running_mean|running_var)$/;

function requireFit(
  slot: Slot,
  name: string,
  { shape }: NumericArray,
  file: string,
  network: ImageNetwork,
): void {
  const suffix = SUFFIX.exec(name)?.[1];
  const sameKind = suffix === undefined || suffix === slot.suffix;
  if (sameKind && shapeWords(shape) === shapeWords(slot.shape)) return;
  throw new Error(
    `${file}: ${name} is ${shapeWords(shape)}; expected ${wordsOf(slot)}, the next of '${network.name}' (--map can say what goes where).`,
  );
}

function requireFinite(values: Float64Array, name: string, file: string, slot: Slot): void {
  const odd = values.findIndex(
    (value) => !Number.isFinite(value) || (slot.suffix === 'running_var' && value < 0),
  );
  if (odd < 0) return;
  const expected =
    slot.suffix === 'running_var' ? 'finite numbers of at least 0' : 'finite numbers';
  throw new Error(`${file}: ${name} has ${values[odd]} as number ${odd}; expected ${expected}.`);
}

/** 'convolution 1 (16×3×3×3, …weight)'. */
function wordsOf({ name, shape, suffix }: Slot): string {
  return `${name} (${shapeWords(shape)}, …${suffix})`;
}
