import { useSyncExternalStore } from "react";

/** Stands above the page for as long as the browser has no connection. */
export function OfflineBanner() {
  const isOnline = useIsOnline();
  return (
    <div aria-live="polite">
      {!isOnline && (
        <p className="notice text-center">
          You are offline. New messages appear when the connection is back.
        </p>
      )}
    </div>
  );
}

/** On the server, and until the page is hydrated: true. */
export function useIsOnline(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}
