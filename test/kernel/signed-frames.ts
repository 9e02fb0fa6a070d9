import { createHmac } from 'node:crypto';

export const DELIMITER = Buffer.from('<IDS|MSG>');

/** The four parts of a message as they are signed; text is taken as it is, all else as JSON. */
export interface Parts {
  readonly header: unknown;
  readonly parent?: unknown;
  readonly metadata?: unknown;
  readonly content: unknown;
}

/** The frames of a message from the delimiter on, with the signature that belongs to them. */
export function signedFrames(key: string, parts: Parts): Buffer[] {
  const { header, parent = {}, metadata = {}, content } = parts;
  const frames = [header, parent, metadata, content].map(frameOf);
  return [DELIMITER, Buffer.from(signature(key, frames)), ...frames];
}

/** The signature of four frames in hexadecimal digits; empty where there is no key. */
export function signature(key: string, frames: readonly Buffer[]): string {
  if (key === '') return '';
  const hmac = createHmac('sha256', key);
  for (const frame of frames) hmac.update(frame);
  return hmac.digest('hex');
}

/** A header as a client writes it. */
export function headerOf(type: string, id: string): Record<string, string> {
  return {
    msg_id: id,
    msg_type: type,
    session: 'test-session',
    username: 'test',
    version: '5.4',
    date: new Date().toISOString(),
  };
}

function frameOf(part: unknown): Buffer {
  if (Buffer.isBuffer(part)) return part;
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part));
}
