const MINUTE_S = 60;

/**
 * To somebody whose guesses are refused for a while.
 *
 * @param seconds until it is worth trying again
 */
export function throttledWords(seconds: number): string {
  const minutes = Math.ceil(seconds / MINUTE_S);
  const wait = minutes > 1 ? `${minutes} minutes` : "a minute";
  return `There were too many wrong passwords. Wait ${wait}, then try again.`;
}

export function throttledInit(seconds: number) {
  return { status: 429, headers: { "Retry-After": String(seconds) } };
}
