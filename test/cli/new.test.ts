import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { newCommand } from '../../src/cli/new.js';
import { writeEdits } from '../../src/cli/new/edits.js';
import { claimEdits } from '../../src/cli/new/lay-down-claim.js';
import { setEdits } from '../../src/cli/new/lay-down-set.js';
import { claimNames } from '../../src/cli/new/names.js';
import {
  withIndexLines,
  withQuickStartRow,
  withReadmeRow,
} from '../../src/cli/new/shared-lines.js';
import { committedNotebooks } from '../notebooks/notebook-file.js';
import { copyOfProject, filesIn, removeCopy } from './new-project.js';

const shared = ['README.md', 'notebooks/00-quick-start.ipynb', 'src/claims/index.ts'];
/** The number of the next notebook but `later`; one with a letter behind its number takes none. */
const numberOf = (later = 0) => {
  const numbers = committedNotebooks().map(({ file }) => parseInt(file, 10));
  return String(Math.max(...numbers) + 1 + later).padStart(2, '0');
};
const style = ['.prettierrc.json', '.editorconfig'];

/** The sentence that something throws. */
async function refusal(work: () => unknown): Promise<string> {
  try {
    await work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('Nothing was thrown.');
}

describe('laying down a claim', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = copyOfProject('notebooks', 'src/claims', 'test/claims', 'README.md', ...style);
  });
  afterEach(() => removeCopy(folder));

  const layDown = async (id: string, title?: string) =>
    writeEdits(folder, await claimEdits(folder, id, title));

  it('makes the files of its own and changes those that list claims, and nothing else', async () => {
    const before = filesIn(folder);
    const edits = await claimEdits(folder, 'slow-turn', undefined);
    expect(filesIn(folder), 'nothing is written yet').to.deep.equal(before);
    writeEdits(folder, edits);
    const after = filesIn(folder);
    const made = [...after.keys()].filter((path) => !before.has(path));
    expect(made).to.have.members([
      `notebooks/${numberOf()}-slow-turn.ipynb`,
      'src/claims/slow-turn/claim.ts',
      'src/claims/slow-turn/figures.ts',
      'src/claims/slow-turn/plan.ts',
      'test/claims/slow-turn.test.ts',
    ]);
    const changed = [...before].filter(([path, text]) => after.get(path) !== text);
    expect(changed.map(([path]) => path)).to.have.members(shared);
    for (const path of made) expect(after.get(path), path).to.match(/[Tt]o be replaced/);
  });

  it('adds lines to the files that list claims and leaves their others as they are', async () => {
    const before = filesIn(folder);
    await layDown('slow-turn', 'A slow turn');
    const after = filesIn(folder);
    const added = shared.map((path) => {
      const old = new Set(before.get(path)!.split('\n'));
      return after
        .get(path)!
        .split('\n')
        .filter((line) => !old.has(line));
    });
    expect(added[0]).to.deep.equal([
      '| `slow-turn` | to be replaced: its direction settles | not run yet |',
    ]);
    expect(added[1]).to.have.length(1);
    expect(added[1].join('')).to.include(`| \`${numberOf()}-slow-turn\` | To be replaced`);
    expect(added[2]).to.deep.equal([
      "import { slowTurnClaim } from './slow-turn/claim.js';",
      '  slowTurnClaim,',
      '  slowTurnClaim,',
    ]);
  });

  it('lays files out as Prettier does, whatever the id and the title', async () => {
    await layDown('x');
    await layDown('a-very-long-name-for-a-claim-as-they-come');
    await layDown('quoted', 'It\'s "so": a `title` \\ of ${signs}');
    for (const [path, text] of filesIn(folder)) {
      if (!/^(src|test)\/.*\.ts$/.test(path)) continue;
      const filepath = join(folder, path);
      const config = await resolveConfig(filepath, { editorconfig: true });
      expect(await check(text, { ...config, filepath }), path).to.equal(true);
    }
    const quoted = filesIn(folder).get('src/claims/quoted/claim.ts');
    expect(quoted).to.include("  title: 'It\\'s \"so\": a `title` \\\\ of ${signs}',");
  });

  it('numbers notebooks on, and keeps claims in their order', async () => {
    await layDown('zeta');
    await layDown('beta');
    const files = filesIn(folder);
    expect([...files.keys()]).to.include.members([
      `notebooks/${numberOf()}-zeta.ipynb`,
      `notebooks/${numberOf(1)}-beta.ipynb`,
    ]);
    expect(files.get('src/claims/index.ts')).to.match(/ {2}zetaClaim,\n {2}betaClaim,\n\];\n$/);
    expect(files.get('README.md')).to.match(/\| `zeta` \|[^|]*\| not run yet \|\n\| `beta`/);
  });

  it('refuses what is there, a second time as well, and writes nothing then', async () => {
    await layDown('slow-turn');
    const before = filesIn(folder);
    const refused = (id: string) => refusal(() => layDown(id));
    const taken = (id: string, path: string) =>
      `The id '${id}' is taken: ${path} is there; expected one that is new.`;
    expect(await refused('slow-turn')).to.equal(taken('slow-turn', 'src/claims/slow-turn'));
    expect(await refused('common')).to.equal(taken('common', 'src/claims/common'));
    expect(await refused('rules')).to.equal(taken('rules', 'test/claims/rules.test.ts'));
    expect(await refused('quick-start')).to.equal(
      taken('quick-start', 'notebooks/00-quick-start.ipynb'),
    );
    expect(await refused('slow-turn-claim')).to.match(/^The id 'slow-turn-claim' makes a constant/);
    expect(await refused('judge')).to.equal(
      "The id 'judge' makes a constant judgeClaim, a name that src/claims/claim.ts has; expected " +
        'another id.',
    );
    expect(filesIn(folder)).to.deep.equal(before);
  });

  it('writes nothing where a file that lists claims has another form', async () => {
    writeFileSync(join(folder, 'README.md'), '# Nothing\n');
    const before = filesIn(folder);
    expect(await refusal(() => layDown('slow-turn'))).to.equal(
      'README.md: expected a table whose rows begin with a claim in backquotes.',
    );
    expect(filesIn(folder)).to.deep.equal(before);
  });

  it('puts back what was written where one file cannot be', async () => {
    const before = filesIn(folder);
    const edits = await claimEdits(folder, 'slow-turn', undefined);
    for (const failing of edits.keys()) {
      let count = 0;
      const write = (path: string, text: string) => {
        if (count++ === failing) throw new Error('The disk is full.');
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      };
      expect(await refusal(() => writeEdits(folder, edits, write))).to.equal('The disk is full.');
      expect(filesIn(folder)).to.deep.equal(before);
    }
    await layDown('slow-turn');
  });
});

describe('laying down a problem set', () => {
  let folder: string;
  beforeEach(() => {
    folder = copyOfProject('notebooks/course');
  });
  afterEach(() => removeCopy(folder));

  it('makes a notebook with its title and five wrong submissions, and nothing else', () => {
    const before = filesIn(folder);
    writeEdits(folder, setEdits(folder, 'ps77', 'Norms'));
    const after = filesIn(folder);
    const made = [...after.keys()].filter((path) => !before.has(path));
    const [notebook, ...wrong] = made;
    expect(notebook).to.equal('notebooks/course/ps77/ps77.ipynb');
    expect(after.get(notebook)).to.include('# Problem set 77: Norms');
    expect(wrong).to.have.length(5);
    for (const path of wrong)
      expect(path).to.match(/^notebooks\/course\/ps77\/wrong\/[a-z-]+\.ts$/);
    for (const path of made) expect(after.get(path), path).to.match(/[Tt]o be replaced/);
    for (const [path, text] of before) expect(after.get(path), path).to.equal(text);
  });

  it('refuses a set that is there, and names the next one', async () => {
    writeEdits(folder, setEdits(folder, 'ps77'));
    expect(await refusal(() => setEdits(folder, 'ps77'))).to.equal(
      "The set 'ps77' is there, in notebooks/course/ps77; the next one is ps78.",
    );
  });
});

describe('the lines of a claim', () => {
  const names = claimNames('slow-turn', undefined, 9);
  const list = 'export const claims: readonly Claim[] = [\n];\n';

  it('go where they are expected, or one sentence says what is missing', async () => {
    expect(await refusal(() => withIndexLines(list, names))).to.match(
      /^src\/claims\/index\.ts: expected lines that import claims/,
    );
    const imported = "import { a } from './a/claim.js';\n";
    expect(await refusal(() => withIndexLines(imported + list, names))).to.equal(
      'src/claims/index.ts: expected a block that begins with the line "export {".',
    );
    expect(await refusal(() => withIndexLines(`${imported}export {\n};\n`, names))).to.match(
      /"export const claims: readonly Claim\[\] = \["\.$/,
    );
    expect(await refusal(() => withReadmeRow('', names))).to.match(/^README\.md: expected a table/);
    expect(await refusal(() => withQuickStartRow('{"cells":[]}', names))).to.match(
      /^notebooks\/00-quick-start\.ipynb: expected a cell with a table/,
    );
  });

  it('stand in the order of the alphabet where the others do', () => {
    const of = (other: string) =>
      `import { ${other} } from './${other}/claim.js';\nexport {\n  ${other},\n};\n${list}`;
    const lines = (other: string) => withIndexLines(of(other), names).split('\n');
    expect(lines('alpha').indexOf('  slowTurnClaim,')).to.equal(4);
    expect(lines('zeta').indexOf('  slowTurnClaim,')).to.equal(3);
    expect(lines('zeta')[0]).to.equal("import { slowTurnClaim } from './slow-turn/claim.js';");
    expect(lines('alpha')[1]).to.equal("import { slowTurnClaim } from './slow-turn/claim.js';");
  });
});

describe('the command that lays down claims and problem sets', () => {
  const read = (...args: string[]) => newCommand.read(args);

  it('asks for an id, and takes a title', () => {
    const kind = 'claim';
    expect(read(kind, 'slow-turn')).to.deep.equal({ kind, id: 'slow-turn', title: undefined });
    expect(read(kind, 'x', '--title', ' A title ')).to.include({ id: 'x', title: 'A title' });
    expect(read('set', 'ps12')).to.deep.equal({ kind: 'set', id: 'ps12', title: undefined });
  });

  it('makes a title of the words of the id', () => {
    expect(claimNames('slow-turn', undefined, 9).title).to.equal('Slow turn');
  });

  it('refuses in one sentence what makes no sense', async () => {
    const refused = (...args: string[]) => refusal(() => read(...args));
    expect(await refused()).to.equal("Expected 'claim' or 'set' and an id, got ''.");
    expect(await refused('metric', 'x')).to.equal(
      "Expected 'claim' or 'set' and an id, got 'metric'.",
    );
    expect(await refused('claim')).to.equal("Expected one id after 'claim', got 0.");
    expect(await refused('claim', 'x', 'y')).to.equal("Expected one id after 'claim', got 2.");
    const ids = ['', 'My', 'my_claim', '-x', 'x-', 'a--b', '../x', 'x1', 'é', 'a'.repeat(41)];
    for (const id of ids) {
      const words = id.startsWith('-') ? ['claim', '--', id] : ['claim', id];
      expect(await refused(...words)).to.match(/^The id is '.*'; expected words of small letters/);
    }
    for (const name of ['', 'ps', 'ps07', 'ps100', 'set1', 'PS7', '../ps7']) {
      expect(await refused('set', name)).to.match(/^The set is '.*'; expected 'ps' and a number/);
    }
    for (const title of ['', ' ', '# x', 'a\nb', '“x”']) {
      const sentence = await refused('claim', 'x', '--title', title);
      expect(sentence).to.match(/^--title is '[^]*'; expected one line that begins with/);
    }
  });
});
