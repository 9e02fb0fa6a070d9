import { sentenceOf } from '../files.js';
import type { Peer } from './compare.js';
import type { Tools } from './entry.js';
import { unpacked, type Packed } from './packed.js';
import type { Message, PeerProcess } from './peer-process.js';

export interface PythonPeer {
  readonly name: string;
  /** A file of bench/peers. */
  readonly script: string;
  /** The problem, and how to solve it; sent once, before the first run. */
  readonly problem: Message;
}

/**
 * A side played by a Python program: `prepare` hands it the problem, `run` has it answer with seconds
 * and numbers. It may answer `prepare` with `{"unavailable": reason}`.
 */
export function pythonPeer(tools: Tools, { name, script, problem }: PythonPeer): Peer {
  let process: PeerProcess | undefined;
  const onProgress = (text: string) => tools.update(`${name}: ${text}`);
  return {
    name,
    async prepare() {
      process = await tools.peer(name, script);
      const answer = await process.ask({ do: 'prepare', ...problem }, onProgress);
      if (typeof answer.unavailable === 'string') throw new Error(answer.unavailable);
      return answer;
    },
    async run() {
      if (!process) throw new Error(`${name} was not prepared.`);
      const answer = await process.ask({ do: 'run' }, onProgress).catch((error: unknown) => {
        throw new Error(`${name} failed: ${sentenceOf(error)}.`, { cause: error });
      });
      return { seconds: Number(answer.seconds), answer: unpacked(answer.answer as Packed) };
    },
  };
}
