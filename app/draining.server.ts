let draining = false;

/** The server is shutting down: it takes no new work, and /ready says so. */
export function isDraining(): boolean {
  return draining;
}

/** Called once, by the server, when it is told to stop. There is no way back. */
export function beginDraining(): void {
  draining = true;
}
