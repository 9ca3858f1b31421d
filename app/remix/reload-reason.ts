/**
 * Carries why a reload was begun to the `shouldRevalidate` of the routes, which the router tells
 * nothing about it.
 *
 * Relies on the router asking each `shouldRevalidate` before `revalidate()` and `navigate()` return
 * (@remix-run/router 1.23, dist/router.js). So does React Router 7.18, as long as
 * HydratedRouter is given no `getContext`, for which it waits first.
 */
export function createReloadReason<T>() {
  let reason: T | undefined;
  return {
    /** @returns undefined where a reload was begun by anything else */
    current: (): T | undefined => reason,

    /** @param reload calls `revalidate()` or `navigate()` */
    during(given: T, reload: () => void): void {
      reason = given;
      try {
        reload();
      } finally {
        reason = undefined;
      }
    },
  };
}
