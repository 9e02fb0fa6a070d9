import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  activationNamed,
  activationNames,
  activationWords,
  relu,
  squaredRelu,
} from '../../src/networks/index.js';
import { projectRoot } from '../helpers/project-root.js';

describe('activations by name', () => {
  it('are those of the kit', () => {
    expect(activationNamed('relu')).to.equal(relu);
    expect(activationNamed('squared-relu')).to.equal(squaredRelu);
    expect(activationNamed('linear')!.slope(-3)).to.equal(1);
    expect(activationNamed('leaky-relu')!.slopes).to.deep.equal([0.01, 1]);
    expect(activationNamed('leaky-relu(0.25)')!.slopes).to.deep.equal([0.25, 1]);
    expect(activationNamed('leaky-relu(.5)')!.value(-2)).to.equal(-1);
    expect(activationNamed('leaky-relu(0)')!.value(-2)).to.be.closeTo(0, 0);
  });

  it('are all known by their names, and in the documentation', () => {
    const page = readFileSync(join(projectRoot(), 'docs', 'flow.md'), 'utf8');
    for (const name of activationNames) {
      expect(activationNamed(name), name).not.to.be.undefined;
      expect(activationWords).to.contain(`'${name}'`);
      expect(page).to.contain(`\`${name}\``);
    }
    expect(activationWords).to.match(/'leaky-relu\(LEAK\)' or 'linear'$/);
  });

  for (const name of [
    '',
    'tanh',
    'toString',
    'leaky-relu()',
    'leaky-relu(1)',
    'leaky-relu(-1)',
    'leaky-relu(0.1',
  ]) {
    it(`are unknown otherwise: '${name}'`, () => {
      expect(activationNamed(name)).to.be.undefined;
    });
  }
});
