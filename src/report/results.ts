import type { Evidence, Verdict } from '../claims/index.js';

/** What a run says about a claim. */
export interface JudgedClaim {
  readonly id: string;
  readonly title: string;
  readonly statement: string;
  readonly verdict: Verdict;
  readonly expected: Verdict;
  readonly source: string;
  readonly criterion: string;
  readonly evidence: readonly Evidence[];
}

/** A claim that has no result, and why. */
export interface Missing {
  readonly id: string;
  readonly reason: string;
}

/** What a run's numbers are a function of. */
export interface Provenance {
  readonly afterfit: string;
  readonly scale: string;
  readonly seed: number;
  readonly node: string;
  readonly linearAlgebra: string;
  /** Installed versions of the packages that the project depends on. */
  readonly versions: Readonly<Record<string, string | null>>;
  /** The project's commit; null where it is no repository. */
  readonly commit: string | null;
  /** Whether files differ from that commit. */
  readonly dirty: boolean | null;
  /** SHA-256 of the problems' data and of the committed data files. */
  readonly data: Readonly<Record<string, string>>;
}

/** What `results.json` holds: the same, to the byte, for the same code, scale and seed. */
export interface Results {
  readonly claims: readonly JudgedClaim[];
  /** Claims without a result; a whole run does not have this key. */
  readonly missing?: readonly Missing[];
  readonly provenance: Provenance;
}

/** What `timings.json` holds: everything that differs from run to run. */
export interface Timings {
  /** ISO 8601. */
  readonly began: string;
  readonly seconds: number;
  readonly claims: readonly { id: string; seconds: number; reused: boolean }[];
  readonly notebooks: readonly { file: string; seconds: number }[];
  readonly machine: {
    readonly platform: string;
    readonly processor: string;
    readonly cores: number;
    /** Bytes. */
    readonly memory: number;
  };
}
