/** Where a diagnostic is, in the cell: zero-based. */
interface Position {
  readonly offset: number;
  readonly line: number;
  readonly character: number;
}

/** What the compiler complains of. */
export interface Diagnostic {
  readonly start: Position;
  readonly end: Position;
  readonly messageText: string;
  readonly category: number;
  readonly code: number;
  readonly fileName?: string;
}
