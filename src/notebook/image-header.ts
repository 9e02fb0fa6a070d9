/** A kind of file that notebooks draw from its bytes. */
export interface ImageKind {
  readonly name: string;
  readonly mime: string;
}

/** Files by their first bytes; undefined where any byte may stand. */
const KINDS: readonly (ImageKind & { readonly starts: readonly (number | undefined)[] })[] = [
  {
    name: 'PNG',
    mime: 'image/png',
    starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  },
  { name: 'JPEG', mime: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
  { name: 'GIF', mime: 'image/gif', starts: [0x47, 0x49, 0x46, 0x38] },
  {
    name: 'WebP',
    mime: 'image/webp',
    // RIFF, four bytes of length, WEBP.
    starts: [0x52, 0x49, 0x46, 0x46, ...Array<undefined>(4), 0x57, 0x45, 0x42, 0x50],
  },
  { name: 'PDF', mime: 'application/pdf', starts: [0x25, 0x50, 0x44, 0x46, 0x2d] },
];

/** What the bytes of a file are, or undefined where they begin like none of the kinds. */
export function imageKind(bytes: Uint8Array): ImageKind | undefined {
  const found = KINDS.find(({ starts }) =>
    starts.every((byte, k) => (byte === undefined ? k < bytes.length : bytes[k] === byte)),
  );
  return found && { name: found.name, mime: found.mime };
}

/** Width and height in pixels of a PNG or GIF; undefined for other files. */
export function imageSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mime = imageKind(bytes)?.mime;
  if (mime === 'image/png' && bytes.length >= 24) {
    return { width: view.getUint32(16), height: view.getUint32(20) };
  }
  if (mime === 'image/gif' && bytes.length >= 10) {
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  }
  return undefined;
}
