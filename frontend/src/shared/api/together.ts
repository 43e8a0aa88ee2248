/** What many rows of a page ask for, each by itself and in the same moment, as one request. */

const GATHER = 5;

/**
 * `fetch` gets at most `most` names, each once; a name that its answer does not hold gets undefined, and a failure is that
 * of all who were in the same request.
 */
export function together<T>(fetch: (names: string[]) => Promise<ReadonlyMap<string, T>>, most = 100): (name: string) => Promise<T | undefined> {
  let waiting: { name: string; done: (found: T | undefined) => void; failed: (error: unknown) => void }[] = [];
  const send = (): void => {
    const asked = waiting;
    waiting = [];
    const names = [...new Set(asked.map(({ name }) => name))];
    for (let at = 0; at < names.length; at += most) {
      const some = new Set(names.slice(at, at + most));
      const theirs = asked.filter(({ name }) => some.has(name));
      fetch([...some]).then(
        (found) => theirs.forEach(({ name, done }) => done(found.get(name))),
        (error: unknown) => theirs.forEach(({ failed }) => failed(error)),
      );
    }
  };
  return (name) =>
    new Promise((done, failed) => {
      waiting.push({ name, done, failed });
      if (waiting.length === 1) setTimeout(send, GATHER);
    });
}
