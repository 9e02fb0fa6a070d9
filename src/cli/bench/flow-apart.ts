import { fileURLToPath } from 'node:url';
import type { FlowAnswer, FlowRequest } from './flow-worker.js';
import { startPeer } from './peer-process.js';

/** Follows a flow in a process of its own; see `FlowRequest`. */
export async function flowApart(
  request: FlowRequest,
  onProgress: (text: string) => void,
): Promise<FlowAnswer> {
  const program = fileURLToPath(new URL('./flow-worker.js', import.meta.url));
  const worker = startPeer(process.execPath, [program], process.env);
  try {
    return (await worker.ask({ ...request }, onProgress)) as unknown as FlowAnswer;
  } finally {
    worker.close();
  }
}
