/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 *
 * @typedef {object} Step
 * @property {string} title
 * @property {(failed: ReadonlySet<string>) => Promise<Counts>} work
 *   gets the names of the steps that failed before it
 * @property {string[]} [needs] names of steps without whose success it would show nothing
 */

/** What a step counts that has no tests of its own, by its exit code. @type {(code: number) => Counts} */
export const countsOf = (code) => ({ passed: 0, failed: code === 0 ? 0 : 1, skipped: 0 });

/**
 * Runs steps one after the other, all of them: one that failed keeps only those from running that
 * need it, and each of these counts as one failure. So does one that throws.
 *
 * @param {Record<string, Step>} steps in their order
 * @param {(line: string) => void} say
 * @param {() => number} now in milliseconds
 * @returns {Promise<Counts>} of all steps together
 */
export async function runSteps(steps, say = console.log, now = Date.now) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failed = new Set();
  for (const [name, { title, work, needs = [] }] of Object.entries(steps)) {
    say(`\n── ${title}`);
    const began = now();
    const missing = needs.find((needed) => failed.has(needed));
    const counts = missing ? unmet(steps[missing].title, say) : await counted(work, failed, say);
    for (const key of Object.keys(total)) total[key] += counts[key];
    if (counts.failed > 0) failed.add(name);
    const seconds = ((now() - began) / 1000).toFixed(1);
    say(`── ${title}: ${counts.failed > 0 ? "FAILED" : "passed"} in ${seconds} s`);
  }
  return total;
}

/** The last line that tests print. @type {(counts: Counts) => string} */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

function unmet(title, say) {
  say(`Not run, because this failed: ${title}. It counts as one failure.`);
  return countsOf(1);
}

async function counted(work, failed, say) {
  try {
    return await work(failed);
  } catch (error) {
    say(error.message);
    return countsOf(1);
  }
}
