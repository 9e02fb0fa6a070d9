/** How arrays travel to a peer and back: see bench/peers/protocol.py. */
export interface Packed {
  readonly float64: string;
}

export function packed(values: Float64Array): Packed {
  const { buffer, byteOffset, byteLength } = values;
  return { float64: Buffer.from(buffer, byteOffset, byteLength).toString('base64') };
}

export function unpacked({ float64 }: Packed): Float64Array {
  // A copy, since a Buffer may begin where a Float64Array may not.
  const bytes = Uint8Array.from(Buffer.from(float64, 'base64'));
  return new Float64Array(bytes.buffer);
}
