import { createHash } from "node:crypto";
import { MediaFailure } from "../file/failure.ts";

/**
 * Counts and hashes a file's bytes as they pass.
 *
 * @param claims length: bytes to come, undefined when nobody says; sha256: of all of them, lower-case
 *   hex, or null when it is not known or only a part of the file passes
 */
export function createIntegrity(claims: {
  length: number | undefined;
  sha256: string | null;
  maxBytes: number;
}) {
  const { length, sha256, maxBytes } = claims;
  const hash = sha256 === null ? undefined : createHash("sha256");
  let received = 0;

  return {
    received: () => received,

    /** @throws {MediaFailure} upstream, when it is more than was announced or is allowed */
    take(chunk: Uint8Array): void {
      received += chunk.length;
      if (received > Math.min(length ?? maxBytes, maxBytes)) {
        throw new MediaFailure("upstream", { detail: "longer than declared or allowed" });
      }
      hash?.update(chunk);
    },

    isShort: () => length !== undefined && received < length,

    /**
     * To be called once all has come.
     *
     * @throws {MediaFailure} upstream, when it is not the announced file
     */
    verify(): void {
      if (hash && hash.digest("hex") !== sha256) {
        const detail = "the file's SHA-256 is not the announced one";
        throw new MediaFailure("upstream", { detail });
      }
    },
  };
}
