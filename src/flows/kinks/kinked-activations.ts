import type { SerialNetwork } from '../../networks/serial.js';

/** An activation that is linear on both sides of 0, with a kink there for every unit. */
export interface KinkedActivation {
  /** Its index among the layers: the one before it gives the preactivations. */
  readonly index: number;
  readonly units: number;
  /** Slopes below and above every kink. */
  readonly low: number;
  readonly high: number;
}

/**
 * The activations of a network whose kinks its flow meets, in order. Those directly behind a fixed first
 * layer are left out: their examples stay on the side where they are.
 */
export function kinkedActivations({ layers }: SerialNetwork): KinkedActivation[] {
  return layers.flatMap(({ slopes, outputs }, index) => {
    const moves = index > 1 || layers[0].parameters > 0;
    if (slopes === undefined || !moves) return [];
    const [low, high] = slopes;
    return [{ index, units: outputs, low, high }];
  });
}
