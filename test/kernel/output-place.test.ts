import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText, streamText } from './messages.js';

describe('the cell that output goes below', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  const textBelow = (id: string, name?: string) =>
    streamText(
      kernel().messages.filter((m) => m.parent_header.msg_id === id),
      name,
    );
  const waits = (milliseconds: number) =>
    `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`;

  it('is the one that runs a test, through the pipeline of an earlier one', async () => {
    const first = await kernel().execute(
      `import { test } from 'node:test';\nimport assert from 'node:assert/strict';\nawait test('one', () => undefined);\n${waits(300)}`,
    );
    const second = await kernel().execute(
      `await test('two', () => assert.equal(1, 2));\n${waits(300)}`,
    );
    const [one, two] = [first, second].map(({ id }) => textBelow(id));
    expect(one).to.include('one').and.not.include('two');
    expect(two).to.include('two').and.include('1 !== 2');
  });

  it('is the one that writes into a stream of an earlier one', async () => {
    await kernel().execute(
      "import { Transform } from 'node:stream';\nconst upper = new Transform({ transform(chunk, _, done) { done(null, String(chunk).toUpperCase()); } });\n" +
        'void (async () => { for await (const chunk of upper) console.log(String(chunk)); })();',
    );
    const { id } = await kernel().execute(`upper.write('mine');\n${waits(50)}`);
    expect(textBelow(id)).to.equal('MINE\n');
  });

  it('is the one that resolves what an earlier one waits for', async () => {
    await kernel().execute(
      'let go!: (text: string) => void;\nvoid new Promise<string>((resolve) => (go = resolve)).then(console.log);',
    );
    const { id } = await kernel().execute(`go('gone');\n${waits(50)}`);
    expect(textBelow(id)).to.equal('gone\n');
  });

  const late: [string, string][] = [
    ['a timer', "setTimeout(() => console.log('late'), 300);"],
    ['a promise of a timer', `void (async () => { ${waits(300)} console.log('late'); })();`],
    [
      'promises of timers, one after another',
      `void (async () => { for (let k = 0; k < 3; k++) { ${waits(100)} await null; } console.log('late'); })();`,
    ],
    [
      'a timer of Node’s promises',
      "import { setTimeout as sleep } from 'node:timers/promises';\nvoid (async () => { await sleep(300); await null; console.log('late'); })();",
    ],
    [
      'a program',
      "import { exec } from 'node:child_process';\nexec('sleep 0.3; echo late', (_, text) => console.log(text.trim()));",
    ],
    [
      'a program that it waits for',
      "import { exec } from 'node:child_process';\nimport { promisify } from 'node:util';\n" +
        "void (async () => { const { stdout } = await promisify(exec)('sleep 0.3; echo late'); console.log(stdout.trim()); })();",
    ],
    [
      'a file',
      "import { readFile } from 'node:fs/promises';\nimport { spawn } from 'node:child_process';\n" +
        "void (async () => { for await (const chunk of spawn('sh', ['-c', 'sleep 0.3; echo late']).stdout) { await readFile('/dev/null'); console.log(String(chunk).trim()); } })();",
    ],
  ];
  for (const [what, code] of late) {
    it(`is the one that began to wait for ${what}, while a later one runs`, async () => {
      const first = await kernel().execute(code);
      const second = await kernel().execute(
        `import { readFile as read } from 'node:fs/promises';\nawait read('/dev/null');\n${waits(700)}\n` +
          "console.log('own');",
      );
      expect(textBelow(first.id)).to.equal('late\n');
      expect(textBelow(second.id)).to.equal('own\n');
    });
  }

  it('is the one whose callbacks print while those of an earlier one do', async () => {
    const first = await kernel().execute(
      "let n = 0; const timer = setInterval(() => console.log('tick'), 20);",
    );
    const second = await kernel().execute(
      "import { exec } from 'node:child_process';\nimport { readFile } from 'node:fs';\n" +
        "await new Promise<void>((resolve) => exec('sleep 0.2; echo own', (_, text) => { console.log(text.trim());\n" +
        "  readFile('/dev/null', () => { console.log('own'); resolve(); }); }));\n" +
        "for (let k = 0; k < 3; k++) { await null; console.log('own'); }",
    );
    const third = await kernel().execute("clearInterval(timer);\n'done'");
    expect(resultText(third.outputs)).to.equal("'done'");
    expect(new Set(textBelow(first.id).trim().split('\n'))).to.deep.equal(new Set(['tick']));
    expect(textBelow(second.id)).to.equal('own\n'.repeat(5));
  });
});
