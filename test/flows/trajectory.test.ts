import { expect } from 'chai';
import { pointAt, pointsOf, trajectoryOf, type FlowPoint } from '../../src/flows/index.js';

const points: FlowPoint[] = [0, 1, 2].map((k) => ({
  clock: k,
  logTime: k === 0 ? -Infinity : k,
  logNorm: k / 2,
  alpha: 10 * k,
  smallestMargin: k - 1,
  pathLength: k / 10,
  direction: Float64Array.of(Math.cos(k), Math.sin(k)),
}));

describe('a trajectory', () => {
  it('puts points into columns and gives them back', () => {
    const trajectory = trajectoryOf(points);
    expect([...trajectory.alpha]).to.deep.equal([0, 10, 20]);
    expect(trajectory.parameters).to.equal(2);
    expect(pointsOf(trajectory)).to.deep.equal(points);
    expect(pointAt(trajectory, 1)).to.deep.equal(points[1]);
  });

  it('copies the directions it is given', () => {
    const trajectory = trajectoryOf(points);
    expect(trajectory.directions.buffer).not.to.equal(points[0].direction.buffer);
  });

  it('may be empty', () => {
    const trajectory = trajectoryOf([]);
    expect(trajectory.parameters).to.equal(0);
    expect(pointsOf(trajectory)).to.deep.equal([]);
  });
});
