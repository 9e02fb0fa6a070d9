import { gzipSync, strToU8 } from 'fflate';

const CHUNK = 8192;

/** A text, packed by gzip and written in base64: the same text gives the same letters. */
export function packed(text: string): string {
  const bytes = gzipSync(strToU8(text), { level: 9, mtime: 0 });
  let letters = '';
  for (let at = 0; at < bytes.length; at += CHUNK) {
    letters += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(letters);
}

/**
 * An SVG document as an address. It stays text, which whoever sends the page can pack; what would end the
 * address or the attribute around it is escaped.
 */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml,${svg.trim().replace(/[%#"\s&]/g, (sign) => encodeURIComponent(sign))}`;
}
