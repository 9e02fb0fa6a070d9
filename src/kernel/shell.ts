import type { z } from 'zod';
import type { Client } from './client.js';
import type { Execution } from './execution.js';
import type { SessionRequest } from './session-messages.js';
import {
  commRequest,
  completeRequest,
  historyRequest,
  inspectRequest,
  isCompleteRequest,
  readContent,
} from './requests.js';
import type { Message } from './wire.js';

/** What requests are answered with. */
interface Place {
  readonly client: Client;
  readonly execution: Execution;
}

/** The content of the reply to a request; undefined where there is none. */
type Answer = (message: Message, place: Place) => object | undefined | Promise<object | undefined>;

/** The requests of the shell socket that run no code, by their type. */
const ANSWERS: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  [
    'kernel_info_request',
    async (_message, { client, execution }) => {
      // Clients take the first answer for a sign that the kernel can serve all requests at once.
      await execution.started;
      return client.info;
    },
  ],
  ['comm_info_request', () => ({ status: 'ok', comms: {} })],
  [
    'comm_open',
    // No program here takes part in comms: the protocol wants an unknown target closed at once.
    reading(commRequest, ({ comm_id }, { client }, { header }) => {
      client.publish.message(header, 'comm_close', { comm_id, data: {} });
      return undefined;
    }),
  ],
  [
    'history_request',
    reading(historyRequest, (content, { execution }) => ({
      status: 'ok',
      history: execution.history.rows(content),
    })),
  ],
  [
    'complete_request',
    asking(completeRequest, ({ code, cursor_pos }) => ({
      kind: 'complete',
      code,
      cursor: cursor_pos ?? null,
    })),
  ],
  [
    'inspect_request',
    asking(inspectRequest, ({ code, cursor_pos, detail_level }) => ({
      kind: 'inspect',
      code,
      cursor: cursor_pos ?? null,
      detail: detail_level,
    })),
  ],
  ['is_complete_request', asking(isCompleteRequest, ({ code }) => ({ kind: 'is_complete', code }))],
]);

/** Answers the requests of the shell socket that run no code; says nothing to unknown ones. */
export async function answerOther(
  client: Client,
  execution: Execution,
  message: Message,
): Promise<void> {
  const { msg_type: type } = message.header;
  const content = await ANSWERS.get(type)?.(message, { client, execution });
  if (content) client.reply('shell', message, type.replace(/_request$/, '_reply'), content);
}

/** An answer made from a request's content, once that has been checked. */
function reading<Schema extends z.ZodType>(
  schema: Schema,
  answer: (content: z.infer<Schema>, place: Place, message: Message) => ReturnType<Answer>,
): Answer {
  return (message, place) => {
    const found = readContent(schema, message.header.msg_type, message.content);
    if ('content' in found) return answer(found.content, place, message);
    return { status: 'error', ename: 'BadRequest', evalue: found.fault, traceback: [found.fault] };
  };
}

/** An answer that the session gives. */
function asking<Schema extends z.ZodType>(
  schema: Schema,
  request: (content: z.infer<Schema>) => SessionRequest,
): Answer {
  return reading(schema, async (content, { execution }) => {
    const result = await execution.ask(request(content));
    return 'ename' in result ? { status: 'error', ...result } : result;
  });
}
