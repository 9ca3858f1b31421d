import type { Db } from "#db/open.server.ts";

/**
 * Makes of a query one that can't pile up when the database hangs: asked again while it runs, it is
 * not started anew, and nobody waits for longer than they want.
 *
 * @returns asks it, and gives "late" when there is no answer within `ms` milliseconds
 */
export function boundedQuery<T>(ask: (db: Db) => Promise<T>) {
  const underWay = new WeakMap<Db, Promise<T>>();

  return function askWithin(db: Db, ms: number): Promise<T | "late"> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), ms);
    });
    return Promise.race([askOnce(db), late]).finally(() => clearTimeout(timer));
  };

  function askOnce(db: Db): Promise<T> {
    const running = underWay.get(db);
    if (running !== undefined) return running;
    const started = ask(db).finally(() => underWay.delete(db));
    underWay.set(db, started);
    return started;
  }
}
