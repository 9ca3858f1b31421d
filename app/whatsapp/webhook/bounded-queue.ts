/** Why a queue did not finish a work: it had no place for it, or the deadline passed. */
export type Deferral = "full" | "late";

export interface QueueLimits {
  /** Works that run at once. */
  running: number;
  /** Works that wait for their turn, beyond those that run. */
  waiting: number;
  /** Works of one key, running and waiting. */
  perKey: number;
  /** Milliseconds from a work's arrival. */
  deadline: number;
}

/** A queue that takes only so much work, so that a flood can't pile up behind a slow resource. */
export function createBoundedQueue(limits: QueueLimits) {
  const inside = new Map<string, number>();
  const queue = new Set<() => void>();
  let running = 0;

  /**
   * Runs the work when its turn comes. At the deadline its caller is let go: a work that still
   * waits never begins; one that runs keeps its place until it ends, and then must report its
   * outcome itself.
   *
   * @param key whose work it is, so that one can't fill the queue for all
   */
  return function run<T>(
    key: string,
    work: () => Promise<T>,
  ): Promise<{ done: T } | { deferred: Deferral }> {
    const own = inside.get(key) ?? 0;
    const isFull = running + queue.size >= limits.running + limits.waiting;
    if (isFull || own >= limits.perKey) return Promise.resolve({ deferred: "full" });
    inside.set(key, own + 1);
    return new Promise((resolve, reject) => {
      const begin = () => {
        running += 1;
        work()
          .then((done) => resolve({ done }), reject)
          .finally(() => {
            running -= 1;
            leave();
          });
      };
      const leave = () => {
        clearTimeout(timer);
        const rest = (inside.get(key) ?? 1) - 1;
        if (rest > 0) inside.set(key, rest);
        else inside.delete(key);
        beginNext();
      };
      const timer = setTimeout(() => {
        resolve({ deferred: "late" });
        if (queue.delete(begin)) leave();
      }, limits.deadline);
      queue.add(begin);
      beginNext();
    });
  };

  function beginNext(): void {
    const [next] = queue;
    if (!next || running >= limits.running) return;
    queue.delete(next);
    next();
  }
}
