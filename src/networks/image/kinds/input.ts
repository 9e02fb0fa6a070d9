import type { InputNode } from '../nodes.js';
import type { ImageNodeKind } from './kind.js';

const nothing = () => undefined;

/** The images themselves: no part of a description. */
export const inputKind: ImageNodeKind<InputNode> = {
  node: 'input',
  operation: () => ({ forward: nothing, backward: nothing }),
  memory: 'own',
  forgotten: false,
  addsDegree: 0,
  logSize: () => 0,
};
