import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText, streamText, type Message } from './messages.js';

describe('a cell that asks its reader', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  const questionOf = (id: string, prompt: string): Promise<Message> =>
    kernel().waitFor(
      (m) =>
        m.channel === 'stdin' &&
        m.parent_header.msg_id === id &&
        m.header.msg_type === 'input_request' &&
        m.content.prompt === prompt,
    );

  it('waits for the answer and goes on with it', async () => {
    const code = "console.log('first');\nconst name = prompt('Your name? ');\n`Hello ${name}`";
    const { id, done } = kernel().submit(code, { allow_stdin: true });
    const question = await questionOf(id, 'Your name? ');
    expect(question.content.password).to.equal(false);
    kernel().answerInput(question, 'Ada 😀');
    const { reply, outputs } = await done;
    expect(reply.status).to.equal('ok');
    expect(streamText(outputs)).to.equal('first\n');
    expect(resultText(outputs)).to.equal("'Hello Ada 😀'");
  });

  it('may ask again, in a loop and in a function', async () => {
    const code =
      'function sum(): number {\n  let total = 0;\n' +
      "  for (let i = 0; i < 3; i++) total += Number(prompt('number ' + i));\n  return total;\n}\nsum()";
    const { id, done } = kernel().submit(code, { allow_stdin: true });
    for (let i = 0; i < 3; i++) {
      kernel().answerInput(await questionOf(id, `number ${i}`), String(10 ** i));
    }
    expect(resultText((await done).outputs)).to.equal('111');
  });

  it('may hide what is typed', async () => {
    const code = "const secret = prompt('Key: ', { password: true });\nsecret.length";
    const { id, done } = kernel().submit(code, { allow_stdin: true });
    const question = await questionOf(id, 'Key: ');
    expect(question.content.password).to.equal(true);
    kernel().answerInput(question, 'abc');
    const { reply, outputs } = await done;
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    expect(resultText(outputs)).to.equal('3');
  });

  it('is told so in a sentence where the client takes no questions', async () => {
    const { reply } = await kernel().execute("prompt('Anyone? ')", { allow_stdin: false });
    expect(reply.status).to.equal('error');
    expect(reply.evalue)
      .to.match(/input|stdin|question/i)
      .and.match(/\.$/);
    expect(kernel().messages.filter((m) => m.content.prompt === 'Anyone? ')).to.deep.equal([]);
  });

  it('is interrupted while it waits', async () => {
    const { id, done } = kernel().submit("prompt('Wait ')", { allow_stdin: true });
    const question = await questionOf(id, 'Wait ');
    await kernel().interrupt();
    const { reply } = await done;
    expect(reply.ename).to.equal('Interrupted');
    // The answer that comes too late belongs to nobody.
    kernel().answerInput(question, 'late');
    const again = kernel().submit("prompt('Again ')", { allow_stdin: true });
    kernel().answerInput(await questionOf(again.id, 'Again '), 'timely');
    expect(resultText((await again.done).outputs)).to.equal("'timely'");
  });

  const readers: [string, string][] = [
    [
      'a callback',
      "import * as readline from 'node:readline';\nconst rl = readline.createInterface({ input: process.stdin, output: process.stdout });\n" +
        "rl.question('Name? ', (name) => {\n  console.log('Hello ' + name);\n  rl.close();\n});",
    ],
    [
      'a promise',
      "import * as readlines from 'node:readline/promises';\nconst rl2 = readlines.createInterface({ input: process.stdin, output: process.stdout });\n" +
        "console.log('Hello ' + (await rl2.question('Name? ')));\nrl2.close();",
    ],
  ];
  for (const [how, code] of readers) {
    it(`may ask with node:readline and ${how}`, async () => {
      const { id, done } = kernel().submit(code, { allow_stdin: true });
      kernel().answerInput(await questionOf(id, 'Name? '), 'Ada');
      const { reply, outputs } = await done;
      expect(reply.status, JSON.stringify(reply)).to.equal('ok');
      expect(streamText(outputs)).to.equal('Hello Ada\n');
    });
  }

  it('does not take an answer to no question', async () => {
    kernel().send('stdin', 'input_reply', { value: 'unasked', status: 'ok' });
    const { id, done } = kernel().submit("prompt('Asked ')", { allow_stdin: true });
    kernel().answerInput(await questionOf(id, 'Asked '), 'asked');
    expect(resultText((await done).outputs)).to.equal("'asked'");
  });
});
