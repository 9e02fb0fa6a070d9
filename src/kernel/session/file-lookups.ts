/** Milliseconds for which an answer holds: a package installed meanwhile is seen soon. */
const HOLDS = 1000;

interface Lookups {
  fileExists(path: string): boolean;
  directoryExists(path: string): boolean;
  realpath?(path: string): string;
}

/**
 * A compiler's view of the disk that asks the same question about packages once: every cell that
 * imports something makes the compiler look up thousands of files again.
 */
export function rememberLookups<System extends Lookups>(system: System): System {
  let asked = 0;
  const caches: Map<string, unknown>[] = [];
  const remembering = <Result>(ask: (path: string) => Result): ((path: string) => Result) => {
    const answers = new Map<string, Result>();
    caches.push(answers);
    return (path) => {
      // Files beside the notebook come and go while it is open.
      if (!path.includes('node_modules')) return ask(path);
      const now = Date.now();
      if (now - asked > HOLDS) {
        asked = now;
        for (const cache of caches) cache.clear();
      }
      const known = answers.get(path);
      if (known !== undefined) return known;
      const answer = ask(path);
      answers.set(path, answer);
      return answer;
    };
  };
  return Object.assign(Object.create(system) as System, {
    fileExists: remembering((path) => system.fileExists(path)),
    directoryExists: remembering((path) => system.directoryExists(path)),
    realpath: system.realpath && remembering((path) => system.realpath!(path)),
  });
}
