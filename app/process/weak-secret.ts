/** What placeholders, samples and demos are made of, and with them most guesses. */
const WORDS =
  /change|replace|placeholder|example|sample|default|insert|todo|your|password|passphrase|secret|session|token|verify|webhook|whatsapp|tapview|metrics|access|admin|production|development|dev|demo|test|not|for|this|here|app|key|me|my|[^a-z0-9]/gi;
const MIN_DIFFERENT = 6;

/**
 * What is plainly wrong with a secret. It knows placeholders and patterns, not how a secret was made:
 * it finds no fault with whatever `openssl rand` writes, and none with a good-looking guess.
 *
 * @param minLength in characters; half of them must be more than well-known words
 * @returns the end of a sentence that begins with the secret's name, without the secret; undefined when nothing is
 */
export function weaknessOf(secret: string, minLength: number): string | undefined {
  if (secret.length < minLength) return `needs at least ${minLength} characters`;
  if (new Set(secret).size < MIN_DIFFERENT) return "has too few different characters";
  if (repeatsItself(secret)) return "repeats itself";
  if (isMostlyRuns(secret)) return "is mostly a row of neighbours, such as 1234 or abcd";
  if (secret.replace(WORDS, "").length < minLength / 2) {
    return "is made of words that everybody tries, as samples and the demo are";
  }
  return undefined;
}

/** The second half may lack its end, or a sign between the two: "abc-abc". */
function repeatsItself(secret: string): boolean {
  const longest = (secret.length + 1) / 2;
  for (let length = 1; length <= longest; length++) {
    if (secret.startsWith(secret.slice(length))) return true;
  }
  return false;
}

function isMostlyRuns(secret: string): boolean {
  let neighbours = 0;
  for (let at = 1; at < secret.length; at++) {
    if (Math.abs(secret.charCodeAt(at) - secret.charCodeAt(at - 1)) === 1) neighbours++;
  }
  return neighbours > secret.length / 2;
}
