import { expect } from 'chai';
import { claims } from '../../src/claims/index.js';
import { runClaim } from '../../src/experiments/index.js';
import { dissent } from './records.js';

/** AFTERFIT_SEED_STUDY=20 runs every claim for seeds 1 to 20; without it there is no such test. */
const seeds = Number(process.env.AFTERFIT_SEED_STUDY ?? 0);
const SHARE = 0.95;
const MINUTES_PER_SEED = 5;

if (seeds > 0) {
  describe(`the claims for seeds 1 to ${seeds}`, function () {
    this.timeout(seeds * MINUTES_PER_SEED * 60_000);

    for (const claim of claims) {
      it(`have the expected verdict for ${100 * SHARE} % of the seeds: ${claim.id}`, async () => {
        const otherwise: string[] = [];
        for (let seed = 1; seed <= seeds; seed++) {
          try {
            const { verdict, evidence } = await runClaim(claim, { scale: 'smoke', seed });
            const reasons = dissent(evidence).join('; ');
            if (verdict !== claim.expected) otherwise.push(`seed ${seed}: ${verdict} (${reasons})`);
          } catch (error) {
            otherwise.push(`seed ${seed}: ${(error as Error).message}`);
          }
        }
        if (otherwise.length > 0) console.log(otherwise.join('\n'));
        expect(seeds - otherwise.length).to.be.at.least(Math.ceil(SHARE * seeds));
      });
    }
  });
}
