import { createIntegrity } from "./integrity.ts";

/** What is claimed of the bytes to come. */
export interface Claims {
  /** How many; undefined when nobody says. */
  length: number | undefined;
  /** Whether the answer that carries them says so itself, and so ends with the last of them. */
  isLengthDeclared: boolean;
  /** Lower-case hex; null when it is not known or only a part of the file passes. */
  sha256: string | null;
  maxBytes: number;
}

/**
 * Counts and hashes a file's chunks, and withholds the last until the whole is known to be the
 * announced file. Where no length is declared, any chunk can be the last, so each waits for the
 * next.
 *
 * @param to pass: a chunk that is not the last; last: the last one, which may be empty
 */
export function createCheckedChunks(
  { isLengthDeclared, ...claims }: Claims,
  to: { pass(chunk: Buffer): void; last(chunk: Buffer): void },
) {
  const integrity = createIntegrity(claims);
  let held: Buffer | undefined;
  let complete = false;

  return {
    hasBegun: () => integrity.received() > 0,

    /** Whether the last one has been let through. */
    isComplete: () => complete,

    /** @throws {MediaFailure} upstream, when it is more than was announced, or not the announced file */
    take(chunk: Buffer): void {
      integrity.take(chunk);
      if (!isLengthDeclared) {
        if (held) to.pass(held);
        held = chunk;
      } else if (integrity.isShort()) {
        to.pass(chunk);
      } else {
        completeWith(chunk);
      }
    },

    /**
     * There are no more.
     *
     * @throws {MediaFailure} upstream, when it is not the announced file
     */
    end(): void {
      if (!complete) completeWith(held ?? Buffer.alloc(0));
    },
  };

  function completeWith(last: Buffer): void {
    integrity.verify();
    complete = true;
    to.last(last);
  }
}
