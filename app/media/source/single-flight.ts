/** A call in progress that several callers wait for. */
interface Shared<T> {
  result: Promise<T>;
  waiting: number;
  abort: AbortController;
}

/**
 * Makes concurrent calls with the same key into one. A caller who leaves (its signal aborts)
 * stops waiting at once; when the last one has left, the call itself is aborted.
 */
export function createSingleFlight<T>() {
  const calls = new Map<string, Shared<T>>();

  return function share(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const call = calls.get(key) ?? begin(key, start);
    call.waiting += 1;
    return new Promise<T>((resolve, reject) => {
      const leave = () => {
        done();
        reject(signal.reason);
      };
      const done = () => {
        signal.removeEventListener("abort", leave);
        call.waiting -= 1;
        if (call.waiting === 0) {
          // Forgotten before it is aborted: the next caller must not join a dying call.
          if (calls.get(key) === call) calls.delete(key);
          call.abort.abort();
        }
      };
      signal.addEventListener("abort", leave);
      call.result.then(resolve, reject).finally(() => {
        if (!signal.aborted) done();
      });
    });
  };

  function begin(key: string, start: (signal: AbortSignal) => Promise<T>): Shared<T> {
    const abort = new AbortController();
    const call: Shared<T> = { result: start(abort.signal), waiting: 0, abort };
    calls.set(key, call);
    const forget = () => {
      if (calls.get(key) === call) calls.delete(key);
    };
    call.result.then(forget, forget);
    return call;
  }
}
