/** A wrong submission of the set that is laid down: what it catches, its marks, and the answer. */
interface Submission {
  readonly name: string;
  readonly catches: string;
  readonly points: number;
  readonly body: readonly string[];
}

const SUBMISSIONS: readonly Submission[] = [
  {
    name: 'largest-alone',
    catches: 'The smallest entry is forgotten.',
    points: 0,
    body: ['return Math.max(...values);'],
  },
  {
    name: 'first-and-last',
    catches: 'The list is taken to be in order.',
    points: 1,
    body: ['const [first] = values;', 'return Math.abs(values[values.length - 1] - first);'],
  },
  {
    name: 'magnitudes',
    catches: 'Signs are dropped.',
    points: 3,
    body: [
      'const sizes = values.map(Math.abs);',
      'return Math.max(...sizes) - Math.min(...sizes);',
    ],
  },
  {
    name: 'from-zero',
    catches: 'The search for the largest entry begins at 0.',
    points: 3,
    body: ['return Math.max(0, ...values) - Math.min(...values);'],
  },
  {
    name: 'largest-gap',
    catches: 'The largest gap between neighbours stands for the range.',
    points: 3,
    body: [
      'const gaps = values.slice(1).map((value, k) => Math.abs(value - values[k]));',
      'return Math.max(0, ...gaps);',
    ],
  },
];

/** `notebooks/course/psN/wrong/NAME.ts`, each a name and its text. */
export function submissionTexts(): [name: string, text: string][] {
  return SUBMISSIONS.map(({ name, catches, points, body }) => {
    const lines = [
      `// catches: ${catches} To be replaced.`,
      `// marks: test-range=${points}`,
      '',
      '// %% range',
      'function rangeOf(values: number[]): number {',
      ...body.map((line) => `  ${line}`),
      '}',
    ];
    return [name, `${lines.join('\n')}\n`];
  });
}
