/**
 * What the front process (sockets, queue) and the session process (the user's code) say to each other:
 * one JSON text a line, over pipes that the session gets as these file descriptors.
 */
export const pipes = {
  /** Session → front, written synchronously: nothing is lost in a loop or a crash. */
  fromSession: 3,
  /** Front → session: requests. */
  requests: 4,
  /** Front → the session's watching thread: interrupts; its end means that the front is gone. */
  interrupts: 5,
  /** Front → session: answers to `prompt`, which the session waits for without turning its loop. */
  answers: 6,
} as const;

/** The variable by which the front tells a session the word that its lines begin with. */
export const WORD = 'AFTERFIT_KERNEL_WORD';

/** Characters that a line of the session may have: a front that must keep more of it would not stay small. */
export const LONGEST = 2 ** 25;

/** What the front asks the session to do. `cell` numbers execute requests, of this front, from 1. */
export type SessionRequest =
  | {
      readonly kind: 'execute';
      readonly cell: number;
      readonly code: string;
      /** What the cell is called in error messages: its execution count. */
      readonly label: string;
      readonly silent: boolean;
      readonly expressions: Readonly<Record<string, string>>;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  /** `cursor` counts Unicode characters; null means the end. */
  | { readonly kind: 'complete'; readonly code: string; readonly cursor: number | null }
  | {
      readonly kind: 'inspect';
      readonly code: string;
      readonly cursor: number | null;
      readonly detail: number;
    }
  | { readonly kind: 'is_complete'; readonly code: string };

/** A failure as Jupyter's messages carry it. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** What an executed cell comes to. */
export type ExecuteOutcome =
  | {
      readonly status: 'ok';
      readonly payload: readonly object[];
      readonly user_expressions: Readonly<Record<string, object>>;
    }
  | ({ readonly status: 'error' } & Failure);

export type OutputType =
  'display_data' | 'update_display_data' | 'clear_output' | 'execute_result' | 'error';

/** What the session says. `cell` is the cell that output belongs to. */
export type SessionMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'stream';
      readonly cell: number;
      readonly name: 'stdout' | 'stderr';
      readonly text: string;
    }
  | {
      readonly kind: 'output';
      readonly cell: number;
      readonly type: OutputType;
      readonly content: object;
    }
  | { readonly kind: 'input'; readonly prompt: string; readonly password: boolean }
  | { readonly kind: 'result'; readonly id: number; readonly result: object };

/** An answer to `prompt`: a text, or why there is none. */
export type Answer =
  { readonly value: string } | { readonly refused: true } | { readonly interrupted: true };
