import { lineReader, parsedJson } from './lines.js';
import { LONGEST, type OutputType, type SessionMessage } from './session-messages.js';

/** What is heard on the session's pipe. */
export interface LineListeners {
  onMessage(message: SessionMessage): void;
  /** A line that the kernel's own code in the session did not write, or not like this. */
  onForeign(): void;
}

/**
 * Reads what a session writes. Cells share its pipe and may write into it, by mistake or not: a line counts
 * only if it begins with the word that this session was given, and says what a session can say.
 */
export function sessionLines(word: string, listeners: LineListeners): (bytes: Buffer) => void {
  const onForeign = () => listeners.onForeign();
  return lineReader(
    (line) => {
      // The kernel begins a new line before each of its own.
      if (line === '') return;
      const said = line.startsWith(word) ? parsedJson(line.slice(word.length)) : undefined;
      if (isMessage(said)) listeners.onMessage(said);
      else onForeign();
    },
    { most: LONGEST + word.length, onLonger: onForeign },
  );
}

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCell = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;

const hasData = ({ data, metadata }: Fields) => isRecord(data) && isRecord(metadata);

/** What the content of each output holds. */
const CONTENTS: Readonly<Record<OutputType, (content: Fields) => boolean>> = {
  display_data: hasData,
  update_display_data: hasData,
  execute_result: hasData,
  clear_output: ({ wait }) => typeof wait === 'boolean',
  error: ({ ename, evalue, traceback }) =>
    typeof ename === 'string' && typeof evalue === 'string' && Array.isArray(traceback),
};

/** What each message holds. */
const MESSAGES: Readonly<Record<SessionMessage['kind'], (message: Fields) => boolean>> = {
  ready: () => true,
  stream: ({ cell, name, text }) =>
    isCell(cell) && (name === 'stdout' || name === 'stderr') && typeof text === 'string',
  output: ({ cell, type, content }) =>
    isCell(cell) && Object.hasOwn(CONTENTS, String(type)) && isRecord(content)
      ? CONTENTS[type as OutputType](content)
      : false,
  input: ({ prompt, password }) => typeof prompt === 'string' && typeof password === 'boolean',
  result: ({ id, result }) => isCell(id) && isRecord(result),
};

function isMessage(said: unknown): said is SessionMessage {
  if (!isRecord(said) || typeof said.kind !== 'string') return false;
  return Object.hasOwn(MESSAGES, said.kind) && MESSAGES[said.kind as SessionMessage['kind']](said);
}
