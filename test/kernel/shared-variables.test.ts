import { expect } from 'chai';
import { kernelForTests } from './kernel-for-tests.js';
import { resultText } from './messages.js';

describe('a variable that functions use', function () {
  this.timeout(60_000);
  const kernel = kernelForTests();

  async function result(code: string): Promise<unknown> {
    const { reply, outputs } = await kernel().execute(code);
    expect(reply.status, JSON.stringify(reply)).to.equal('ok');
    return resultText(outputs);
  }

  it('is one and the same for its function and for later cells', async () => {
    await result(
      'let count = 0, other = 1;\nfunction grow() {\n  count += 1;\n  return { count };\n}',
    );
    expect(await result('grow();\ncount')).to.equal('1');
    expect(await result('count = 10;\ngrow()')).to.equal('{ count: 11 }');
    expect(await result('[count, other]')).to.equal('[ 11, 1 ]');
  });

  it('is told from others of its name', async () => {
    await result(
      'let a = 1;\nconst f = (n: number) => {\n  let a = 5;\n  return a + n;\n};\n' +
        'function g() {\n  a++;\n  return () => a;\n}\n[a] = [7];\n' +
        'class Holder {\n  a = 3;\n  sum() {\n    return this.a + a;\n  }\n}',
    );
    expect(await result('[f(1), g()(), new Holder().sum(), a]')).to.equal('[ 6, 8, 11, 8 ]');
    expect(await result('a = 100;\n[f(1), g()(), new Holder().sum()]')).to.equal('[ 6, 101, 104 ]');
  });

  it('may be a function that a later cell replaces', async () => {
    await result('let rule = () => 5;\nconst ask = () => rule();');
    expect(await result('ask()')).to.equal('5');
    expect(await result('rule = () => 6;\nask()')).to.equal('6');
  });

  it('may get its value later, in a function', async () => {
    await result('let late: number | undefined;\nconst set = () => {\n  late = 3;\n};');
    expect(await result('set();\nlate')).to.equal('3');
  });

  it('may be declared anew, as papermill does, whatever pattern it came from', async () => {
    await result('const { seed, scale } = { seed: 1, scale: "smoke" as const };');
    await result('// Parameters\nvar seed = 5;\n');
    await result('const settings = { seed: seed, scale: scale };');
    expect(await result('settings')).to.equal("{ seed: 5, scale: 'smoke' }");
  });
});
