import { activationNamed, activationWords } from '../../networks/index.js';
import type { DenseNetworkSpec } from '../../specs/index.js';

const FORMS = "'linear', 'two-layer:WIDTH:ACTIVATION' or 'deep:WIDTH-WIDTH:ACTIVATION'";

/** A network but for its inputs and outputs. */
export interface NetworkSketch {
  /** The network for so many inputs and outputs. */
  entry(inputs: number, outputs: number): DenseNetworkSpec;
}

/**
 * Reads `linear`, `two-layer:16:relu` or `deep:16-8:relu` (the hidden widths). Throws a sentence
 * otherwise.
 */
export function networkFrom(text: string): NetworkSketch {
  const fault = new Error(`--network is '${text}'; expected ${FORMS}, such as two-layer:16:relu.`);
  const [kind, widthText = '', activation = '', ...rest] = text.split(':');
  if (rest.length > 0) throw fault;
  if (text === 'linear') return { entry: (inputs) => ({ kind: 'linear', inputs }) };
  const widths = widthText.split('-').map((word) => (/^\d+$/.test(word) ? Number(word) : NaN));
  const good = widths.every((width) => width >= 1) && activationNamed(activation) !== undefined;
  const [width] = widths;
  if (good && kind === 'two-layer' && widths.length === 1) {
    return { entry: (inputs) => ({ kind, inputs, width, activation }) };
  }
  if (good && kind === 'deep') {
    return {
      entry: (inputs, outputs) => ({ kind, widths: [inputs, ...widths, outputs], activation }),
    };
  }
  if (!kinds.includes(kind)) throw fault;
  const odd = widths.findIndex((width) => !(width >= 1));
  const wrong =
    odd >= 0 || (kind === 'two-layer' && widths.length !== 1)
      ? `the width '${widthText}'; expected ${kind === 'deep' ? 'whole numbers of at least 1, such as 16-8' : 'a whole number of at least 1'}`
      : `the activation '${activation}'; expected ${activationWords}`;
  throw new Error(`--network is '${text}', with ${wrong}.`);
}

const kinds = ['two-layer', 'deep'];

/** He's initialisation times this: small, so that the flow is past its early phase soon. */
export function initialScale(network: DenseNetworkSpec): number {
  const power = network.kind === 'linear' ? 1 : activationNamed(network.activation)!.power;
  return power > 1 ? 0.1 : 0.3;
}
