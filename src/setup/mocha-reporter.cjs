/** Mocha's spec report, followed by one line that a script can read. */
const { Spec } = require('mocha').reporters;

module.exports = class SummedSpec extends Spec {
  /** Mocha calls this last, when the failures have been listed. */
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
};
