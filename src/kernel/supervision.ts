import type { Failure, SessionMessage, SessionRequest } from './session-messages.js';
import {
  startSession,
  type Session,
  type SessionListeners,
  type StartSession,
} from './session-process.js';

export interface SupervisionListeners {
  onMessage(message: SessionMessage): void;
  onRawText(name: 'stdout' | 'stderr', text: string): void;
  /** The session ended while nothing was asked of it: a timer may do that. */
  onIdleEnd(failure: Failure): void;
}

/** A session that is started again whenever its process ends. */
export interface SupervisedSession extends Omit<Session, 'ask' | 'pid'> {
  /** The session's answer, or why its process ended before there was one. One question at a time. */
  ask<Result extends object>(request: SessionRequest): Promise<Result | Failure>;
  /** Resolves when the first session can run cells, or has failed to start. */
  readonly started: Promise<void>;
}

/** Supervises a session that `first` starts or has started, and those that follow it. */
export function superviseSession(
  listeners: SupervisionListeners,
  first: StartSession,
): SupervisedSession {
  let fail: ((failure: Failure) => void) | undefined;
  let session: Session | undefined;
  let closed = false;
  /** Whether the session has been asked anything. */
  let asked = false;
  let onStart!: () => void;
  const started = new Promise<void>((resolve) => (onStart = resolve));
  const launch = (start: StartSession): Session => {
    let ready = false;
    asked = false;
    const heard: SessionListeners = {
      onRawText: listeners.onRawText,
      onMessage(message) {
        if (message.kind !== 'ready') return listeners.onMessage(message);
        ready = true;
        onStart();
      },
      onEnd(failure) {
        onStart();
        // One that cannot start, or ends by itself, is not tried again before the next request.
        session = ready && asked && !closed ? launch(startSession) : undefined;
        if (fail) fail(failure);
        else listeners.onIdleEnd(failure);
      },
    };
    return start(heard);
  };
  session = launch(first);
  return {
    started,
    ask<Result extends object>(request: SessionRequest) {
      const answer = new Promise<Result | Failure>((resolve) => {
        fail = resolve;
        session ??= launch(startSession);
        asked = true;
        void session.ask(request).then((result) => resolve(result as Result));
      });
      return answer.finally(() => (fail = undefined));
    },
    interrupt: (cell) => session?.interrupt(cell),
    answer: (answer) => session?.answer(answer),
    kill() {
      closed = true;
      session?.kill();
    },
  };
}
