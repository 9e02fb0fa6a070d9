import type { z } from 'zod';
import type { Execution } from './execution.js';
import type { Front } from './front.js';
import type { SessionRequest } from './frames.js';
import {
  commRequest,
  completeRequest,
  historyRequest,
  inspectRequest,
  isCompleteRequest,
  readContent,
} from './requests.js';
import type { Message } from './wire.js';

/** Answers the requests of the shell socket that run no code; says nothing to unknown ones. */
export async function answerOther(
  front: Front,
  execution: Execution,
  message: Message,
): Promise<void> {
  const { msg_type: type } = message.header;
  const reply = (content: object) =>
    front.reply('shell', message, type.replace(/_request$/, '_reply'), content);
  const read = <Schema extends z.ZodType>(
    schema: Schema,
    use: (content: z.infer<Schema>) => void,
  ) => {
    const found = readContent(schema, type, message.content);
    if ('content' in found) return use(found.content);
    const failure = { ename: 'BadRequest', evalue: found.fault, traceback: [found.fault] };
    reply({ status: 'error', ...failure });
  };
  const ask = async (request: SessionRequest) => {
    const result = await execution.ask(request);
    reply('ename' in result ? { status: 'error', ...result } : result);
  };
  let asked: SessionRequest | undefined;
  switch (type) {
    case 'kernel_info_request':
      // Clients take the first answer for a sign that the kernel can serve all requests at once.
      await execution.started;
      return reply(front.info);
    case 'comm_info_request':
      return reply({ status: 'ok', comms: {} });
    case 'comm_open':
      // No program here takes part in comms: the protocol wants an unknown target closed at once.
      return read(commRequest, ({ comm_id }) =>
        front.publish.message(message.header, 'comm_close', { comm_id, data: {} }),
      );
    case 'history_request':
      return read(historyRequest, (content) =>
        reply({ status: 'ok', history: execution.history.rows(content) }),
      );
    case 'complete_request':
      read(completeRequest, ({ code, cursor_pos }) => {
        asked = { kind: 'complete', code, cursor: cursor_pos ?? null };
      });
      break;
    case 'inspect_request':
      read(inspectRequest, ({ code, cursor_pos, detail_level }) => {
        asked = { kind: 'inspect', code, cursor: cursor_pos ?? null, detail: detail_level };
      });
      break;
    case 'is_complete_request':
      read(isCompleteRequest, ({ code }) => (asked = { kind: 'is_complete', code }));
  }
  if (asked) await ask(asked);
}
