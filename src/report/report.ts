import type { ReportedFigure } from './figures.js';
import type { JudgedClaim, Missing, Provenance, Timings } from './results.js';

/** A record that a claim was judged by. */
export interface ReportedRecord {
  /** Its folder, beside the others of the run. */
  readonly folder: string;
  /** SHA-256 of the compiled code that decides its numbers. */
  readonly code: string;
}

/** A claim with all that the page tells of it. */
export interface ReportedClaim extends JudgedClaim {
  /** The number that says most, in words; undefined where the claim names none. */
  readonly headline?: string;
  readonly figures: readonly ReportedFigure[];
  /** What could not be drawn, a sentence each. */
  readonly notes: readonly string[];
  readonly records: readonly ReportedRecord[];
  /** Where the executed notebook is, as the page links to it. */
  readonly notebook?: string;
}

/** An executed notebook that belongs to no claim. */
export interface OtherNotebook {
  readonly name: string;
  readonly link: string;
}

/** Everything that the page is a function of. */
export interface Report {
  readonly claims: readonly ReportedClaim[];
  readonly missing: readonly Missing[];
  readonly provenance: Provenance;
  /** Undefined where nothing was kept of it. */
  readonly timings?: Pick<Timings, 'began' | 'seconds' | 'machine'>;
  readonly notebooks: readonly OtherNotebook[];
}

/** The library that draws figures where the reader asks for it. */
export interface Runtime {
  /** Vega as one script, which defines `vega`. */
  readonly script: string;
  /** Its licence, which asks to be kept with copies. */
  readonly licence: string;
}
