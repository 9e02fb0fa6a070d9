import { lastOf } from '../../claims/common/last.js';
import type { StepThresholdRecord } from '../../records/index.js';
import type { SweepMeasures } from './measure-types.js';

/** Up to which step size descent aligns, and whether it does. */
export const stepThresholdMeasures: SweepMeasures<'step-threshold', StepThresholdRecord> = {
  read: (record) => record,
  columns: [
    {
      name: 'certified',
      type: 'flag',
      meaning: 'whether nothing is doubted of the limit',
      of: ({ certificate }) => certificate.doubts.length === 0,
    },
    {
      name: 'doubts',
      type: 'text',
      meaning: 'what is doubted of the limit',
      of: ({ certificate }) => certificate.doubts.join('; '),
    },
    {
      name: 'degree',
      type: 'number',
      meaning: 'L, the degree of homogeneity',
      of: ({ problem }) => problem.degree,
    },
    {
      name: 'margin',
      type: 'number',
      meaning: 'γ, the normalized margin of the limit',
      of: ({ certificate }) => certificate.limit.margin,
    },
    {
      name: 'limit_lambda',
      type: 'number',
      meaning: 'λ at the limit',
      of: ({ certificate }) => certificate.limit.stability.lambda,
    },
    {
      name: 'support',
      type: 'whole',
      meaning: 'examples that press at the limit',
      of: ({ certificate }) => certificate.limit.support.length,
    },
    {
      name: 'threshold',
      type: 'number',
      meaning: 'C*: steps of relative length C/α align for C below it',
      of: ({ threshold }) => threshold,
    },
    {
      name: 'threshold_there',
      type: 'number',
      meaning: 'the same where the descents began, with the weights of the examples there',
      of: ({ along }) => lastOf(along.threshold),
    },
    {
      name: 'alpha',
      type: 'number',
      meaning: 'α of the point of the flow where the descents began',
      of: ({ alpha }) => alpha,
    },
    {
      name: 'alignment',
      type: 'number',
      meaning: 'cosine between θ and −∇𝓛 there',
      of: ({ alignment }) => alignment,
    },
    {
      name: 'factors',
      type: 'numbers',
      meaning: 'C of each descent as a share of C*',
      of: ({ late }) => late.map(({ factor }) => factor),
    },
    {
      name: 'alignments',
      type: 'numbers',
      meaning: 'cosine between θ and −∇𝓛 at the end of each of them',
      of: ({ late }) => late.map(({ alignment }) => lastOf(alignment)),
    },
    {
      name: 'complete',
      type: 'flag',
      meaning: 'whether every descent took all its steps',
      of: ({ late }) => late.every(({ complete }) => complete),
    },
  ],
};
