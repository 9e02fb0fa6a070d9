import { expect } from 'chai';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packed, unpacked, type Packed } from '../../../src/cli/bench/packed.js';
import { startPeer, type PeerProcess } from '../../../src/cli/bench/peer-process.js';
import { pythonPeer } from '../../../src/cli/bench/python-peer.js';
import { fakeTools } from './fakes.js';
import { projectRoot } from '../../helpers/project-root.js';

/** A peer that needs the standard library alone: it doubles numbers. */
const doubling = `
import os, subprocess, sys, time
from array import array
from protocol import floats, packed, serve

numbers = array("d")

def prepare(request, progress):
    if "impossible" in request:
        return {"unavailable": "it cannot double that"}
    numbers.frombytes(floats(request["numbers"]))
    progress("nearly ready")
    print("a library's remark on stdout")
    return {"count": len(numbers)}

def run(request, progress):
    return {"seconds": 0.5, "answer": packed(array("d", [2 * x for x in numbers]))}

def fail(request, progress):
    raise ValueError("no such number\\nand more")

def end(request, progress):
    sys.stderr.write("I have had enough\\n")
    sys.stderr.flush()
    os._exit(3)

def loiter(request, progress):
    child = subprocess.Popen(["sleep", "60"])
    with open(request["file"], "w") as file:
        file.write(f"{os.getpid()} {child.pid}")
    time.sleep(60)

serve({"prepare": prepare, "run": run, "fail": fail, "end": end, "loiter": loiter})
`;

describe('a peer in Python', function () {
  this.timeout(20_000);
  let folder: string;
  let peer: PeerProcess;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'afterfit-peer-'));
    writeFileSync(join(folder, 'doubling.py'), doubling);
    const python = join(projectRoot(), '.venv', 'bin', 'python');
    const PYTHONPATH = join(projectRoot(), 'bench', 'peers');
    const env = { ...process.env, PYTHONPATH, PYTHONDONTWRITEBYTECODE: '1' };
    peer = startPeer(python, ['-u', join(folder, 'doubling.py')], env);
  });
  afterEach(() => {
    peer.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const rejection = (promise: Promise<unknown>) =>
    promise.then(
      () => expect.fail('it should have failed'),
      (error: unknown) => (error as Error).message,
    );
  const numbers = packed(Float64Array.of(1, -0.1, 1e300));

  it('gets arrays and gives them back to the last bit, one request after the other', async () => {
    const heard: string[] = [];
    const ready = await peer.ask({ do: 'prepare', numbers }, (text) => void heard.push(text));
    expect(ready).to.deep.equal({ count: 3 });
    expect(heard).to.deep.equal(['nearly ready']);
    for (let round = 0; round < 2; round++) {
      const answer = await peer.ask({ do: 'run' });
      expect([...unpacked(answer.answer as Packed)]).to.deep.equal([2, -0.2, 2e300]);
    }
  });

  it('plays a side of a comparison', async () => {
    const tools = { ...fakeTools(1), peer: () => Promise.resolve(peer) };
    const side = pythonPeer(tools, { name: 'it', script: 'doubling.py', problem: { numbers } });
    expect(await side.prepare()).to.deep.equal({ count: 3 });
    const { seconds, answer } = await side.run();
    expect([seconds, ...answer]).to.deep.equal([0.5, 2, -0.2, 2e300]);
    const unable = pythonPeer(tools, { name: 'it', script: '', problem: { impossible: true } });
    expect(await rejection(unable.prepare())).to.equal('it cannot double that');
  });

  it('answers with one sentence where it fails, and goes on', async () => {
    expect(await rejection(peer.ask({ do: 'fail' }))).to.equal('ValueError: no such number');
    expect(await peer.ask({ do: 'prepare', numbers })).to.deep.equal({ count: 3 });
  });

  it('tells of its end with the last of its words, also afterwards', async () => {
    const sentence = "it ended (status 3) after the words 'I have had enough'";
    expect(await rejection(peer.ask({ do: 'end' }))).to.equal(sentence);
    expect(await rejection(peer.ask({ do: 'run' }))).to.equal(sentence);
  });

  it('is told of where it cannot be started', async () => {
    const none = startPeer(join(folder, 'no-such-program'), [], process.env);
    expect(await rejection(none.ask({ do: 'run' }))).to.match(/^it could not be started \(/);
  });

  const isAlive = (pid: number) => {
    try {
      process.kill(pid, 0);
      // A process that has ended but was not waited for by its parent still has its number.
      const status = `/proc/${pid}/status`;
      return !existsSync(status) || !/^State:\s+Z/m.test(readFileSync(status, 'utf8'));
    } catch {
      return false;
    }
  };
  /** A peer in the middle of its work: its process id, and that of what it has started. */
  const atWork = async () => {
    const file = join(folder, 'pids');
    writeFileSync(file, '');
    void peer.ask({ do: 'loiter', file }).catch(() => undefined);
    for (;;) {
      const pids = readFileSync(file, 'utf8').split(' ').map(Number);
      if (pids.length === 2) return pids;
      await sleep(20);
    }
  };
  const allEnded = async (pids: readonly number[]) => {
    for (let k = 0; k < 200 && pids.some(isAlive); k++) await sleep(20);
    return !pids.some(isAlive);
  };

  it('ends in the middle of its work when it is closed, with all that it has started', async () => {
    const pids = await atWork();
    peer.close();
    expect(await allEnded(pids)).to.equal(true);
  });

  it('ends by itself when its stdin does, as when the benchmark is killed', async () => {
    const pids = await atWork();
    peer.hangUp();
    expect(await allEnded(pids)).to.equal(true);
  });
});
