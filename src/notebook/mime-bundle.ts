import { jupyterDisplay, type MimeBundle } from './jupyter-display.js';
import { sendable } from './sendable.js';
import { arrayText } from './values/arrays.js';
import { figureBundle, verdictBundle } from './values/claims.js';
import { datasetBundle } from './values/datasets.js';
import { inspected, messageOf, shortened } from './values/inspected.js';
import { matrixText } from './values/matrices.js';
import { networkBundle } from './values/networks.js';
import { elementBundle, specificationBundle } from './values/pictures.js';
import { runBundle } from './values/runs.js';
import { tensorText } from './values/tensors.js';

/**
 * How a value looks below a cell: MIME type to content, always with `text/plain`. A value with the
 * method `jupyterDisplay` says so itself; others are told by their shape, whatever made them: figures,
 * verdicts, runs, data sets, networks, tensors, matrices, arrays, elements of a document, specifications of
 * Vega. All else is printed as Node prints it.
 * The bundle is plain JSON of bounded size. Never throws, nor does the promise fail: where a value cannot
 * be shown as it asks for, its text says why.
 */
export function mimeBundleOf(value: unknown): MimeBundle | Promise<MimeBundle> {
  try {
    const own = ownBundle(value);
    if (own) return own;
  } catch (error) {
    return fallback(value, messageOf(error));
  }
  return { ...bundleByShape(value) };
}

const NAME = "Symbol.for('Jupyter.display')";

/** What the value's own method gives, checked; undefined where it has none. */
function ownBundle(value: unknown): MimeBundle | Promise<MimeBundle> | undefined {
  if (!isDisplayable(value)) return undefined;
  const method: unknown = value[jupyterDisplay];
  if (method === undefined) return undefined;
  if (typeof method !== 'function') return fallback(value, 'it is no function');
  const made: unknown = method.call(value);
  if (!isThenable(made)) return checked(value, made);
  return Promise.resolve(made).then(
    (found) => checked(value, found),
    (error) => fallback(value, messageOf(error)),
  );
}

function isDisplayable(value: unknown): value is { [jupyterDisplay]: unknown } {
  try {
    const mayHave = (typeof value === 'object' && value !== null) || typeof value === 'function';
    return mayHave && jupyterDisplay in value;
  } catch {
    // A proxy that is revoked, or that answers no questions.
    return false;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as { then?: unknown }).then === 'function'
  );
}

function checked(value: unknown, made: unknown): MimeBundle {
  try {
    const { bundle, wrong } = sendable(made);
    if (Object.keys(bundle).length === 0) return fallback(value, wrong ?? 'it gave nothing');
    const plain = bundle['text/plain'] ?? inspected(value);
    return { ...bundle, 'text/plain': wrong ? withNote(plain as string, wrong) : plain };
  } catch (error) {
    return fallback(value, messageOf(error));
  }
}

function fallback(value: unknown, reason: string): MimeBundle {
  return { 'text/plain': withNote(inspected(value), reason) };
}

function withNote(text: string, reason: string): string {
  return `${text}\n(${NAME}: ${reason})`;
}

const SHAPES: readonly ((value: unknown) => MimeBundle | string | undefined)[] = [
  arrayText,
  (value) => {
    const figure = figureBundle(value);
    return figure && sendable(figure).bundle;
  },
  verdictBundle,
  runBundle,
  datasetBundle,
  networkBundle,
  tensorText,
  matrixText,
  elementBundle,
  specificationBundle,
];

function bundleByShape(value: unknown): MimeBundle {
  if (typeof value === 'object' && value !== null) {
    for (const shape of SHAPES) {
      try {
        const found = shape(value);
        if (typeof found === 'string') return { 'text/plain': shortened(found) };
        if (found) return found;
      } catch {
        // A value of nearly that shape is shown as the object that it is.
      }
    }
  }
  return { 'text/plain': inspected(value) };
}
