import { expectWideLimit } from '../../helpers/wide-limit.js';

describe('the limit of a wide ReLU network', () => {
  it("has at width 40 the narrow network's support and margin, and those of the dense system", function () {
    this.timeout(60_000);
    expectWideLimit(40);
  });
});
