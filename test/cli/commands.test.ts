import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { defineCommand, requireNoOperands, runCommand } from '../../src/cli/command.js';
import { commands } from '../../src/cli/commands.js';
import { flag, number, text, withDefault } from '../../src/cli/option.js';
import { Interrupted } from '../../src/experiments/settings.js';
import { projectRoot } from '../helpers/project-root.js';

/** What is said on the two streams while `work` goes on. */
async function said(work: () => Promise<number>) {
  const { log, error } = console;
  const [out, err]: string[][] = [[], []];
  console.log = (line: string) => out.push(line);
  console.error = (line: string) => err.push(line);
  try {
    return { status: await work(), out, err };
  } finally {
    Object.assign(console, { log, error });
  }
}

const doubled = defineCommand({
  name: 'double',
  usage: 'npm run double -- [WORD…] [options]',
  summary: 'Doubles a number.',
  operands: { WORD: 'does nothing' },
  options: {
    value: withDefault(number('X', 'the number, of any size,\nwith its sign'), 1),
    unit: text('U', 'what stands behind it'),
    loud: flag('says it aloud'),
  },
  notes: 'There is more.',
  exits: { 0: 'when it is done', 2: 'when it is not' },
  ask: ({ value, unit = '', loud }, operands) => {
    requireNoOperands(operands);
    return { text: `${2 * value}${unit}${loud ? '!' : ''}`, value };
  },
  run({ text, value }) {
    if (value === 13) throw new Interrupted('Interrupted.');
    console.log(text);
    return value < 0 ? 1 : 0;
  },
});

describe('a command', () => {
  it('says in its help how it is called, what it does, and how it ends', async () => {
    const { status, out } = await said(() => runCommand(doubled, ['--help', '--value', '3']));
    expect(status).to.equal(0);
    expect(out.join('\n').split('\n')).to.deep.equal([
      'npm run double -- [WORD…] [options]',
      '',
      'Doubles a number.',
      '',
      '  WORD       does nothing',
      '  --value X  the number, of any size,',
      '             with its sign',
      '  --unit U   what stands behind it',
      '  --loud     says it aloud',
      '  --help     shows this text',
      '',
      'There is more.',
      '',
      'Exit status: 0 when it is done, 2 when it is not.',
    ]);
  });

  it('ends with its own status, or with 2 and one sentence, or with 130', async () => {
    const run = (...args: string[]) => said(() => runCommand(doubled, args));
    expect(await run('--value', '-4', '--loud')).to.deep.equal({
      status: 1,
      out: ['-8!'],
      err: [],
    });
    expect(await run()).to.deep.equal({ status: 0, out: ['2'], err: [] });
    const refused = await run('--value', 'x');
    const sentence = "--value is 'x'; expected a finite number.";
    expect(refused).to.deep.equal({ status: 2, out: [], err: [sentence] });
    expect((await run('more')).err).to.deep.equal(["Expected options alone, got 'more' too."]);
    expect(await run('--value', '13')).to.include({ status: 130 });
  });
});

describe('the table of commands', () => {
  for (const [name, load] of commands) {
    it(`has ${name} under its own name, with a help that says how it is called`, async () => {
      const command = await load();
      expect(command.name).to.equal(name);
      expect(command.help).to.match(new RegExp(`^npm run ${name}\\b[^]*\nExit status: 0 when`));
      expect(command.read(['--help'])).to.equal(undefined);
    }).timeout(60_000);
  }

  it('names those there are to whom asks for another one', () => {
    const program = join(projectRoot(), 'dist', 'cli', 'main.js');
    const { status, stderr } = spawnSync(process.execPath, [program, 'fly'], { encoding: 'utf8' });
    expect(status).to.equal(2);
    expect(stderr).to.equal(
      `There is no command 'fly'; expected one of ${[...commands.keys()].join(', ')}.\n`,
    );
  });
});
