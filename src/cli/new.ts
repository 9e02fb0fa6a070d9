import { projectRoot } from '../native/index.js';
import { defineCommand, type Command } from './command.js';
import { writeEdits, type Edit } from './new/edits.js';
import { claimEdits } from './new/lay-down-claim.js';
import { requireId, titleFrom } from './new/names.js';
import { text } from './option.js';

interface NewArguments {
  readonly id: string;
  readonly title: string | undefined;
}

/** Lays down the files of something new, to be changed. */
export const newCommand: Command<NewArguments> = defineCommand({
  name: 'new',
  usage: 'npm run new -- claim ID [--title TEXT]',
  summary: `Lays down a claim in this project: its folder, its notebook, its test, and the lines that list it. It
runs as it is and is supported; its texts say what is to be replaced.`,
  operands: { ID: "names the claim and its files: small letters, words joined by '-'" },
  options: { title: text('TEXT', 'heads its notebook (default: the words of the id)') },
  exits: { 0: 'when all was written', 2: 'when something is in the way (nothing is written)' },
  ask({ title }, [kind = '', id, ...others]) {
    if (kind !== 'claim') throw new Error(`Expected 'claim' and an id, got '${kind}'.`);
    if (id === undefined || others.length > 0) {
      const count = id === undefined ? 0 : 1 + others.length;
      throw new Error(`Expected one id after 'claim', got ${count}.`);
    }
    requireId(id);
    return { id, title: title === undefined ? undefined : titleFrom(title) };
  },
  async run({ id, title }) {
    const edits = await claimEdits(projectRoot, id, title);
    writeEdits(projectRoot, edits);
    console.log(reportOf(id, edits));
    return 0;
  },
});

function reportOf(id: string, edits: readonly Edit[]): string {
  const listed = (isOne: (edit: Edit) => boolean) =>
    edits.filter(isOne).map(({ path }) => `  ${path}`);
  return [
    `The claim ${id} is laid down, in new files:`,
    ...listed(({ before }) => before === undefined),
    'and a line or more in',
    ...listed(({ before }) => before !== undefined),
    'It runs as it is. Replace what says that it is to be replaced, and look at it with',
    `  npm run reproduce -- ${id}`,
    `  npm test -- test/claims/${id}.test.ts test/claims/claim.test.ts test/notebooks/notebooks.test.ts test/architecture`,
    '  npm run format',
  ].join('\n');
}
