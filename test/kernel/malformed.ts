import { randomUUID } from 'node:crypto';
import type { RandomStream } from '../../src/numerics/random.js';
import type { Channel } from './conversation.js';
import { DELIMITER, headerOf, signature, signedFrames } from './signed-frames.js';

/** Contents as a client sends them, by the request's type; a shutdown is left out, as it may be obeyed. */
const REQUESTS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  execute_request: {
    code: '1',
    silent: false,
    store_history: true,
    user_expressions: { a: '1' },
    allow_stdin: false,
    stop_on_error: true,
  },
  complete_request: { code: 'Math.', cursor_pos: 5 },
  inspect_request: { code: 'Math', cursor_pos: 2, detail_level: 0 },
  is_complete_request: { code: 'f(' },
  history_request: {
    output: false,
    raw: true,
    hist_access_type: 'tail',
    session: 0,
    start: 1,
    stop: 3,
    n: 3,
    pattern: '*',
    unique: false,
  },
  kernel_info_request: {},
  comm_info_request: { target_name: 'a' },
  comm_open: { comm_id: 'a', target_name: 'b', data: {} },
  comm_msg: { comm_id: 'a', data: {} },
  comm_close: { comm_id: 'a', data: {} },
  interrupt_request: {},
  input_reply: { value: 'x', status: 'ok' },
  debug_request: { seq: 1, type: 'request', command: 'attach', arguments: {} },
};

const TYPES = Object.keys(REQUESTS);

/** Types that no kernel knows, among them names that every JavaScript object has. */
const STRANGE_TYPES = [
  'no_such_request',
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'execute_reply',
  'status',
  'Execute_Request',
  'execute_request ',
  '\u0000',
];

/** Values that stand where something else is due. */
const WRONG: readonly unknown[] = [
  null,
  true,
  -1,
  2.5,
  1e308,
  '',
  'x',
  '\u0000\ud800',
  'long '.repeat(2000),
  [],
  [[[]]],
  {},
  { a: { b: null } },
  { length: 3 },
  ['execute_request'],
];

const BROKEN_JSON = [
  '',
  '{',
  '}',
  '{"a":}',
  "{'a': 1}",
  'undefined',
  '[1,',
  '"',
  'NaN',
  '{}{}',
  '\u0000',
];

type Maker = (key: string, stream: RandomStream) => Buffer[];

/** The ways to be wrong, all equally likely. */
const MAKERS: readonly Maker[] = [
  truncated,
  withoutDelimiter,
  randomBytes,
  emptyFrames,
  brokenJson,
  wrongParts,
  wrongHeader,
  wrongField,
  wrongField,
  strangeType,
  damaged,
  crowded,
  nested,
];

/** A message that no client sends. Those that are signed rightly are wrong in what they say. */
export function malformedMessage(key: string, stream: RandomStream): Buffer[] {
  return pick(stream, MAKERS)(key, stream);
}

/** Where the messages go: most to the shell. */
export function someChannel(stream: RandomStream): Channel {
  return pick(stream, ['shell', 'shell', 'shell', 'control', 'stdin'] as const);
}

/** Messages of many megabytes, signed and not. */
export function hugeMessages(key: string): Buffer[][] {
  const size = 20_000_000;
  const header = headerOf('execute_request', randomUUID());
  const { code: _, ...fields } = REQUESTS.execute_request;
  return [
    [Buffer.alloc(size)],
    [DELIMITER, Buffer.alloc(size, 0x61)],
    [DELIMITER, ...Array.from({ length: 5 }, () => Buffer.alloc(size / 5, 0x7b))],
    signedFrames(key, { header, content: 'x'.repeat(size) }),
    signedFrames(key, { header, content: `{"code": "${'x'.repeat(size)}` }),
    signedFrames(key, { header, content: { ...fields, code: Array(1_000_000).fill(0) } }),
    Array.from({ length: 5000 }, () => Buffer.from('frame')),
  ];
}

function request(key: string, stream: RandomStream): Buffer[] {
  const type = pick(stream, TYPES);
  return signedFrames(key, { header: headerOf(type, randomUUID()), content: REQUESTS[type] });
}

function truncated(key: string, stream: RandomStream): Buffer[] {
  const frames = request(key, stream);
  return frames.slice(0, 1 + stream.integer(frames.length - 1));
}

function withoutDelimiter(key: string, stream: RandomStream): Buffer[] {
  return request(key, stream).slice(1);
}

function randomBytes(_key: string, stream: RandomStream): Buffer[] {
  const frame = () =>
    Buffer.from(Array.from({ length: stream.integer(60) }, () => stream.integer(256)));
  const frames = Array.from({ length: 1 + stream.integer(8) }, frame);
  return stream.integer(2) === 0 ? frames : [DELIMITER, ...frames];
}

function emptyFrames(_key: string, stream: RandomStream): Buffer[] {
  const frames = Array.from({ length: 1 + stream.integer(8) }, () => Buffer.alloc(0));
  return stream.integer(2) === 0 ? frames : [DELIMITER, ...frames];
}

/** Signed, but one of the four parts is no JSON, or no text at all. */
function brokenJson(key: string, stream: RandomStream): Buffer[] {
  const broken =
    stream.integer(4) === 0 ? Buffer.from([0xff, 0xfe, 0x80]) : pick(stream, BROKEN_JSON);
  return withPart(key, stream, broken);
}

/** Signed, but one of the four parts is not an object. */
function wrongParts(key: string, stream: RandomStream): Buffer[] {
  return withPart(
    key,
    stream,
    JSON.stringify(pick(stream, [null, true, 0, 'text', [], [1], [{}]])),
  );
}

function withPart(key: string, stream: RandomStream, part: unknown): Buffer[] {
  const type = pick(stream, TYPES);
  const parts = { header: headerOf(type, randomUUID()), content: REQUESTS[type] };
  const name = pick(stream, ['header', 'parent', 'metadata', 'content'] as const);
  return signedFrames(key, { ...parts, [name]: part });
}

/** A header with a field that is wrong or missing. */
function wrongHeader(key: string, stream: RandomStream): Buffer[] {
  const type = pick(stream, TYPES);
  const header: Record<string, unknown> = headerOf(type, randomUUID());
  const field = pick(stream, Object.keys(header));
  if (stream.integer(3) === 0) delete header[field];
  else header[field] = pick(stream, WRONG);
  return signedFrames(key, { header, content: REQUESTS[type] });
}

/** A content with one to three fields that are wrong or missing. */
function wrongField(key: string, stream: RandomStream): Buffer[] {
  const type = pick(stream, TYPES);
  const content: Record<string, unknown> = { ...REQUESTS[type], extra: pick(stream, WRONG) };
  for (let n = 1 + stream.integer(3); n > 0; n--) {
    const field = pick(stream, Object.keys(content));
    if (stream.integer(4) === 0 && field !== 'extra') delete content[field];
    else content[field] = pick(stream, WRONG);
  }
  return signedFrames(key, { header: headerOf(type, randomUUID()), content });
}

function strangeType(key: string, stream: RandomStream): Buffer[] {
  const header = headerOf(pick(stream, STRANGE_TYPES), randomUUID());
  return signedFrames(key, { header, content: REQUESTS[pick(stream, TYPES)] });
}

/** One byte changed somewhere. */
function damaged(key: string, stream: RandomStream): Buffer[] {
  const frames = request(key, stream).map((frame) => Buffer.from(frame));
  const frame = pick(stream, frames);
  frame[stream.integer(frame.length)] ^= 1 << stream.integer(8);
  return frames;
}

/** Strange frames in front of the delimiter, behind the content, or a second delimiter. */
function crowded(key: string, stream: RandomStream): Buffer[] {
  const [delimiter, ...rest] = signedFrames(key, {
    header: headerOf('is_complete_request', randomUUID()),
    content: REQUESTS.is_complete_request,
  });
  const junk = Array.from({ length: 1 + stream.integer(5) }, () => Buffer.from('junk'));
  return pick(stream, [
    [...junk, delimiter, ...rest],
    [delimiter, ...rest, ...junk],
    [delimiter, delimiter, ...rest],
    [delimiter, ...rest, delimiter, ...rest],
  ]);
}

/** Lists in lists in lists, or an object that would become everyone's prototype. */
function nested(key: string, stream: RandomStream): Buffer[] {
  const depth = 1 + stream.integer(20_000);
  const parts = [headerOf(pick(stream, TYPES), randomUUID()), {}, {}].map((part) =>
    Buffer.from(JSON.stringify(part)),
  );
  const content = pick(stream, [
    '['.repeat(depth) + ']'.repeat(depth),
    `{"code": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
    '{"__proto__": {"code": "1", "polluted": true}}',
    '{"constructor": {"prototype": {"polluted": true}}}',
  ]);
  const frames = [...parts, Buffer.from(content)];
  return [DELIMITER, Buffer.from(signature(key, frames)), ...frames];
}

function pick<T>(stream: RandomStream, from: readonly T[]): T {
  return from[stream.integer(from.length)];
}
