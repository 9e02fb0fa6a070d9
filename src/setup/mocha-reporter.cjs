/**
 * Mocha's spec report, followed by one line that a script can read. Where AFTERFIT_TEST_TALLY names a file, the
 * line counts what is in it too, and the sums are left there for a run that follows.
 */
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { Spec } = require('mocha').reporters;

function summed(counts) {
  const tally = process.env.AFTERFIT_TEST_TALLY;
  if (!tally) return counts;
  const before = existsSync(tally) ? JSON.parse(readFileSync(tally, 'utf8')) : [0, 0, 0];
  const sums = counts.map((count, k) => count + before[k]);
  writeFileSync(tally, JSON.stringify(sums));
  return sums;
}

module.exports = class SummedSpec extends Spec {
  /** Mocha calls this last, when the failures have been listed. */
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const [passed, failed, left] = summed([passes, failures, pending]);
    const skipped = left > 0 ? `, ${left} skipped` : '';
    console.log(`${passed} passed, ${failed} failed${skipped}`);
  }
};
