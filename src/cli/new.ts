import { projectRoot } from '../native/index.js';
import { defineCommand, type Command } from './command.js';
import { writeEdits, type Edit } from './new/edits.js';
import { claimEdits } from './new/lay-down-claim.js';
import { requireSetName, setEdits } from './new/lay-down-set.js';
import { requireId, titleFrom } from './new/names.js';
import { text } from './option.js';

interface NewArguments {
  readonly kind: string;
  readonly id: string;
  readonly title: string | undefined;
}

/** Something that can be laid down. */
interface Kind {
  /** Throws one sentence where an id is not fit for it. */
  requireId(id: string): void;
  edits(id: string, title: string | undefined): Edit[] | Promise<Edit[]>;
  readonly words: string;
  /** Commands to look at it with. */
  look(id: string): string[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  claim: {
    requireId,
    edits: (id, title) => claimEdits(projectRoot, id, title),
    words: 'claim',
    look: (id) => [
      `npm run reproduce -- ${id}`,
      `npm test -- test/claims/${id}.test.ts test/claims/claim.test.ts test/notebooks/notebooks.test.ts test/architecture`,
      'npm run format',
    ],
  },
  set: {
    requireId: requireSetName,
    edits: (id, title) => setEdits(projectRoot, id, title),
    words: 'problem set',
    look: (id) => [
      `npm run course -- check --set ${id}`,
      'npm test -- test/course/sets.test.ts test/notebooks/cell-types.test.ts',
    ],
  },
};

/** Lays down the files of something new, to be changed. */
export const newCommand: Command<NewArguments> = defineCommand({
  name: 'new',
  usage: 'npm run new -- claim|set ID [--title TEXT]',
  summary: `Lays down a claim in this project: its folder, its notebook, its test, and the lines that list it;
or a problem set of the course: its notebook and five wrong submissions. It runs as it is and passes its
checks; its texts say what is to be replaced.`,
  operands: {
    ID: "names it and its files: for a claim small letters, words joined by '-'; for a set psN",
  },
  options: { title: text('TEXT', 'heads its notebook (default for a claim: the words of the id)') },
  exits: { 0: 'when all was written', 2: 'when something is in the way (nothing is written)' },
  ask({ title }, [kind = '', id, ...others]) {
    if (!Object.hasOwn(KINDS, kind)) {
      throw new Error(`Expected 'claim' or 'set' and an id, got '${kind}'.`);
    }
    if (id === undefined || others.length > 0) {
      const count = id === undefined ? 0 : 1 + others.length;
      throw new Error(`Expected one id after '${kind}', got ${count}.`);
    }
    KINDS[kind].requireId(id);
    return { kind, id, title: title === undefined ? undefined : titleFrom(title) };
  },
  async run({ kind, id, title }) {
    const edits = await KINDS[kind].edits(id, title);
    writeEdits(projectRoot, edits);
    console.log(reportOf(KINDS[kind], id, edits));
    return 0;
  },
});

function reportOf({ words, look }: Kind, id: string, edits: readonly Edit[]): string {
  const listed = (isOne: (edit: Edit) => boolean) =>
    edits.filter(isOne).map(({ path }) => `  ${path}`);
  const changed = listed(({ before }) => before !== undefined);
  return [
    `The ${words} ${id} is laid down, in new files:`,
    ...listed(({ before }) => before === undefined),
    ...(changed.length > 0 ? ['and a line or more in', ...changed] : []),
    'It runs as it is. Replace what says that it is to be replaced, and look at it with',
    ...look(id).map((command) => `  ${command}`),
  ].join('\n');
}
