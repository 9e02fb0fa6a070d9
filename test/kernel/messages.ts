/** What a message's content may hold; which of it is there depends on the message's type. */
export interface Content {
  readonly status?: string;
  readonly execution_count?: number | null;
  readonly execution_state?: string;
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: readonly string[];
  readonly name?: string;
  readonly text?: string;
  readonly code?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly transient?: { readonly display_id?: string };
  readonly user_expressions?: Readonly<Record<string, Content>>;
  readonly payload?: readonly {
    readonly source: string;
    readonly data?: Readonly<Record<string, unknown>>;
  }[];
  readonly [field: string]: unknown;
}

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly version: string;
  readonly date: string;
}

/** A message as the client read it, with the channel and the time of its arrival in milliseconds. */
export interface Message {
  readonly channel: 'shell' | 'control' | 'iopub' | 'stdin';
  readonly time: number;
  readonly header: Header;
  readonly parent_header: Partial<Header>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Content;
}

/** An executed cell: its reply, what it put out before idle as it came, and the time to both. */
export interface Executed {
  readonly id: string;
  readonly reply: Content;
  readonly outputs: readonly Message[];
  readonly seconds: number;
}

export const typeOf = (message: Message): string => message.header.msg_type;

/** The text of a stream, put together from all its messages. */
export function streamText(outputs: readonly Message[], name = 'stdout'): string {
  return outputs
    .filter((one) => typeOf(one) === 'stream' && one.content.name === name)
    .map((one) => one.content.text)
    .join('');
}

/** The result's text, or undefined where the cell has none. */
export function resultText(outputs: readonly Message[]): unknown {
  return outputs.find((one) => typeOf(one) === 'execute_result')?.content.data?.['text/plain'];
}

export function outputsOfType(outputs: readonly Message[], type: string): Message[] {
  return outputs.filter((one) => typeOf(one) === type);
}

/** A traceback without the escapes that colour it. */
export function plainTraceback(content: Content): string {
  // eslint-disable-next-line no-control-regex -- an escape is what is looked for
  return (content.traceback ?? []).join('\n').replace(/\u001b\[[\d;]*m/g, '');
}
