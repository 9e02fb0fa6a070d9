import type { PeerProcess } from './peer-process.js';

/** What a comparison found, as it stands in the file of results. */
export interface BenchRecord {
  readonly name: string;
  readonly size: string;
  /** Of `ours` and `peers`, such as 's', 'ms' or '×': less is better. */
  readonly unit: string;
  readonly ours: number;
  readonly peers: Readonly<Record<string, number>>;
  /** The best peer's number divided by ours; null where there is no peer to compare with. */
  readonly ratio: number | null;
  /** The number that `goalText` speaks of. */
  readonly goal: number | null;
  readonly goalText: string;
  /** Whether the goal is met; null where there is none, or nothing to judge it by. */
  readonly met: boolean | null;
  /** (largest − smallest) / median over the rounds, for `ours` and each peer. */
  readonly spread: Readonly<Record<string, number>>;
  /** What the answers had to agree to, in words. */
  readonly accuracy?: string;
  /** How far each side's answer was from agreeing exactly. */
  readonly difference?: Readonly<Record<string, number>>;
  /** Peers that did not take part, each with the reason. */
  readonly leftOut?: Readonly<Record<string, string>>;
  /** True where the peers' numbers, and so the ratio, are extrapolated from `details`. */
  readonly extrapolated?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
}

export const unitsPerSecond = { s: 1, ms: 1e3, µs: 1e6 } as const;
export type Unit = keyof typeof unitsPerSecond;

/** What a measurement should reach: a ratio to the best peer, or a largest value of our own. */
export type Goal =
  { readonly of: 'ratio'; readonly least: number } | { readonly of: 'ours'; readonly most: number };

/** What the command lends to an entry. */
export interface Tools {
  /** How often each side is timed. */
  readonly rounds: number;
  /** Where figures go: beside the file of results. */
  readonly folder: string;
  /** Starts a Python program of bench/peers; the same name gives the same process again. */
  peer(name: string, script: string): Promise<PeerProcess>;
  /** Says what is being done now. */
  update(text: string): void;
}

/** A comparison, or several of one kind, under the name by which the command line asks for it. */
export interface BenchEntry {
  readonly name: string;
  /** One line for the list of entries. */
  readonly about: string;
  /**
   * Gives each record as soon as it is there. Throws a `Refusal` where answers differ; the entry then
   * ends, and what it gave before stands.
   */
  run(tools: Tools): AsyncIterable<BenchRecord>;
}

/** Thrown where the sides did not compute the same thing, so that no ratio means anything. */
export class Refusal extends Error {
  constructor(
    message: string,
    /** What there is no record of: an older one in the file is removed. */
    readonly record: { readonly name: string; readonly size: string },
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
