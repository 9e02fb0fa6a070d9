/** The system's short word for what went wrong with a file, such as EACCES; else the error's message. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (error as NodeJS.ErrnoException).code ?? error.message;
}

/** The sentence for a file that cannot be written. */
export function unwritable(path: string, error: unknown): Error {
  return new Error(`${path}: cannot be written (${codeOf(error)}).`, { cause: error });
}

/** The sentence for a file that cannot be read, or is not there. */
export function unreadable(path: string, error: unknown): Error {
  const code = codeOf(error);
  const reason = code === 'ENOENT' ? 'no such file' : `cannot be read (${code})`;
  return new Error(`${path}: ${reason}.`, { cause: error });
}
