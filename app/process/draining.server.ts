const listeners = new Set<() => void>();
let draining = false;

/** The server is shutting down: it takes no new work, and /ready says so. */
export function isDraining(): boolean {
  return draining;
}

/** For answers that end only when told: the server waits for all that are under way. */
export function onDraining(listener: () => void): void {
  listeners.add(listener);
}

/** Called once, by the server, when it is told to stop. There is no way back. */
export function beginDraining(): void {
  draining = true;
  for (const listener of listeners) listener();
}
