import { lastOf } from '../../claims/common/last.js';
import { flowExponents, isSound, type FlowExponents } from '../../claims/rates/exponents.js';
import type { FlowRatesRecord } from '../../records/index.js';
import type { SweepMeasures } from './measure-types.js';

interface ReadRates {
  readonly record: FlowRatesRecord;
  readonly exponents: FlowExponents;
}

/** How fast a flow came to its limit, and was to come. */
export const flowRatesMeasures: SweepMeasures<'flow-rates', ReadRates> = {
  read: (record) => ({ record, exponents: flowExponents(record) }),
  columns: [
    {
      name: 'sound',
      type: 'flag',
      meaning: 'whether the limit is certified and stable, and an exponent is predicted',
      of: ({ record }) => isSound(record),
    },
    {
      name: 'doubts',
      type: 'text',
      meaning: 'what is doubted of the limit',
      of: ({ record }) => record.doubts.join('; '),
    },
    {
      name: 'degree',
      type: 'number',
      meaning: 'L, the degree of homogeneity',
      of: ({ record }) => record.degree,
    },
    {
      name: 'margin',
      type: 'number',
      meaning: 'γ, the normalized margin of the limit',
      of: ({ record }) => record.margin,
    },
    {
      name: 'limit_lambda',
      type: 'number',
      meaning: 'λ at the limit',
      of: ({ record }) => record.lambda,
    },
    {
      name: 'unstable',
      type: 'whole',
      meaning: 'directions in which the flow leaves the limit',
      of: ({ record }) => record.unstable,
    },
    {
      name: 'alpha_last',
      type: 'number',
      meaning: 'the last power of ten of α that was reached',
      of: ({ record }) => lastOf(record.alpha),
    },
    {
      name: 'angle',
      type: 'number',
      meaning: 'angle to the limit there, radians',
      of: ({ record }) => lastOf(record.angle),
    },
    {
      name: 'fitted',
      type: 'number',
      meaning: 'exponent of 1/α with which the angle fell over the last four decades',
      of: ({ exponents }) => exponents.fitted,
    },
    {
      name: 'predicted',
      type: 'number',
      meaning: 'the same from the whole curvature at the limit',
      of: ({ exponents }) => exponents.predicted,
    },
    {
      name: 'slowest',
      type: 'number',
      meaning: '(1−λ)/L, the exponent of the slowest part',
      of: ({ exponents }) => exponents.slowest,
    },
  ],
};
