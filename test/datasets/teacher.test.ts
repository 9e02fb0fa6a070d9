import { expect } from 'chai';
import { randomStream } from '../../src/numerics/random.js';
import { teacherProblem, teacherValue, type Teacher } from '../../src/datasets/teacher.js';

const activations = ['relu', 'squared-relu'] as const;

describe('teacherProblem', () => {
  for (const activation of activations) {
    it(`labels points by a ${activation} teacher and keeps none below the margin`, () => {
      const { dataset, teacher, teacherMargin } = teacherProblem(
        { examples: 42, activation, margin: 0.01 },
        1,
      );
      expect([dataset.examples, dataset.dimension, dataset.classes]).to.deep.equal([42, 3, 2]);
      let least = Infinity;
      for (let i = 0; i < 42; i++) {
        const [x1, x2, one] = dataset.inputs.subarray(3 * i, 3 * i + 3);
        expect(Math.max(Math.abs(x1), Math.abs(x2))).to.be.at.most(1);
        expect(one).to.equal(1);
        least = Math.min(least, dataset.labels[i] * teacherValue(teacher, x1, x2));
      }
      expect(least).to.equal(teacherMargin);
      expect(least).to.be.at.least(0.01);
    });

    it(`gives each class at least 30 % with a ${activation} teacher, whatever the seed`, () => {
      for (let seed = 0; seed < 30; seed++) {
        const { dataset } = teacherProblem({ examples: 20, activation, margin: 0.01 }, seed);
        const positive = dataset.labels.filter((label) => label > 0).length;
        expect(positive).to.be.within(6, 14);
      }
    });

    it(`has a ${activation} teacher of norm 1 with balanced layers`, () => {
      const { teacher } = teacherProblem({ examples: 5, activation, margin: 0.01, width: 3 }, 2);
      const squares = teacher.parameters.map((v) => v * v);
      expect(squares.reduce((sum, v) => sum + v, 0)).to.be.closeTo(1, 1e-14);
      const hidden = squares.subarray(0, 9).reduce((sum, v) => sum + v, 0);
      expect(hidden).to.be.closeTo((teacher.homogeneity - 1) / teacher.homogeneity, 1e-14);
    });
  }

  it('gives the same bytes for the same seed and others for another', () => {
    const options = { examples: 12, activation: 'relu', margin: 0.02 } as const;
    expect(teacherProblem(options, 3)).to.deep.equal(teacherProblem(options, 3));
    const fromStream = teacherProblem(options, randomStream(3)).dataset;
    expect(fromStream.inputs).to.deep.equal(teacherProblem(options, 3).dataset.inputs);
    expect(fromStream.inputs).not.to.deep.equal(teacherProblem(options, 4).dataset.inputs);
  });

  it('leaves the constant out of the inputs on request', () => {
    const options = { examples: 6, activation: 'relu', margin: 0.01, constant: false } as const;
    expect(teacherProblem(options, 3).dataset.dimension).to.equal(2);
  });

  it('gives up with one sentence when no teacher reaches the margin', () => {
    expect(() => teacherProblem({ examples: 4, activation: 'relu', margin: 2 }, 1)).to.throw(
      'teacherProblem: expected 4 points with teacher margin at least 2, found too few or too uneven ones with 1000 teachers; choose a smaller margin.',
    );
  });

  it('refuses options out of range', () => {
    const options = { examples: 4, activation: 'relu', margin: 0.01 } as const;
    expect(() => teacherProblem({ ...options, examples: 1 }, 1)).to.throw(
      'teacherProblem: expected examples to be a whole number of at least 2, found 1.',
    );
    expect(() => teacherProblem({ ...options, width: 0 }, 1)).to.throw('expected width');
    expect(() => teacherProblem({ ...options, margin: 0 }, 1)).to.throw('expected margin');
  });
});

describe('teacherValue', () => {
  it('is Σ a_j σ(w_j·(x₁, x₂, 1))', () => {
    const relu: Teacher = {
      activation: 'relu',
      width: 2,
      homogeneity: 2,
      parameters: Float64Array.of(1, 2, 3, -1, 0, 0, 10, -100),
    };
    expect(teacherValue(relu, 0.5, -1)).to.equal(15);
    expect(teacherValue(relu, -2, 1)).to.equal(30 - 200);
    const squared: Teacher = { ...relu, activation: 'squared-relu', homogeneity: 3 };
    expect(teacherValue(squared, -2, 1)).to.equal(90 - 400);
  });
});
