import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { userInfo } from 'node:os';

/** The version of the Jupyter messaging protocol that this kernel speaks. */
export const PROTOCOL_VERSION = '5.5';

const DELIMITER = Buffer.from('<IDS|MSG>');

export interface Header {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

export type Content = Record<string, unknown>;

export interface Message {
  /** Routing prefix: who asked, and so where a reply goes. */
  readonly identities: readonly Buffer[];
  readonly header: Header;
  readonly content: Content;
}

/** Why a message was dropped. */
export type Fault = 'signature' | 'malformed' | 'replayed';

/** How many signatures are kept to recognise a message that comes a second time. */
const REMEMBERED = 65_536;

/** Signs and checks the messages of one connection. */
export interface Signer {
  sign(parts: readonly (Buffer | string)[]): string;
  /** What is wrong with the signature, if anything; a good one counts as seen from then on. */
  check(signature: Buffer, parts: readonly Buffer[]): Fault | undefined;
}

/** A signer with that key; an empty key neither signs nor checks, as Jupyter wants it. */
export function createSigner(key: string): Signer {
  const seen = new Set<string>();
  const sign = (parts: readonly (Buffer | string)[]) => {
    if (key === '') return '';
    const hash = createHmac('sha256', key);
    for (const part of parts) hash.update(part);
    return hash.digest('hex');
  };
  return {
    sign,
    check(signature, parts) {
      if (key === '') return undefined;
      const wanted = Buffer.from(sign(parts));
      if (signature.length !== wanted.length || !timingSafeEqual(signature, wanted)) {
        return 'signature';
      }
      const text = wanted.toString();
      if (seen.has(text)) return 'replayed';
      seen.add(text);
      // A Set gives its members in the order they came: the first is the oldest.
      if (seen.size > REMEMBERED) seen.delete(seen.values().next().value!);
      return undefined;
    },
  };
}

/** Reads the frames of one message; a fault where they are not one, or not signed as they should be. */
export function decode(frames: readonly Buffer[], signer: Signer): Message | Fault {
  const at = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (at < 0 || frames.length < at + 6) return 'malformed';
  // Binary frames may follow, which are not signed.
  const parts = frames.slice(at + 2, at + 6);
  const fault = signer.check(frames[at + 1], parts);
  if (fault) return fault;
  const [header, , , content] = parts.map(parsedRecord);
  if (!header || !content || !isHeader(header)) return 'malformed';
  return { identities: frames.slice(0, at), header: onlyHeader(header), content };
}

function parsedRecord(frame: Buffer): Content | undefined {
  try {
    const value: unknown = JSON.parse(frame.toString('utf8'));
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Content) : undefined;
  } catch {
    return undefined;
  }
}

/** Every answer carries the header, so nothing else goes into it. */
function onlyHeader({ msg_id, msg_type, session, username, date, version }: Header): Header {
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  const rest = { username: text(username), date: text(date), version: text(version) };
  return { msg_id, msg_type, session, ...rest };
}

function isHeader(record: object): record is Header {
  const { msg_id: id, msg_type: type, session } = record as Partial<Record<string, unknown>>;
  return typeof id === 'string' && typeof type === 'string' && typeof session === 'string';
}

/** This process's part of every header it sends. */
const session = randomUUID();
const username = ((): string => {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return 'kernel';
  }
})();

/** The frames of a message that answers, or belongs to, the one with header `parent`. */
export function encode(
  signer: Signer,
  type: string,
  content: object,
  parent: Header | undefined,
  identities: readonly (Buffer | string)[],
  metadata: object = {},
): (Buffer | string)[] {
  const header: Header = {
    msg_id: randomUUID(),
    msg_type: type,
    session,
    username,
    date: new Date().toISOString(),
    version: PROTOCOL_VERSION,
  };
  const parts = [header, parent ?? {}, metadata, content].map((part) => JSON.stringify(part));
  return [...identities, DELIMITER, signer.sign(parts), ...parts];
}
