import type { OutgoingMessage } from "#simulator/phone/send.ts";
import { type MediaKind, mediaKinds, samples } from "#simulator/samples/index.ts";
import { integer, type Random } from "#tests/support/seeded-random.ts";

/** A file for a customer to send. */
export interface FileToSend {
  kind: MediaKind;
  size: number;
  /** What follows the kind's own beginning. */
  seed: number;
  /** Without it only the look-up tells the file's hash. */
  webhookHasHash: boolean;
}

/** Below it a file has no room for the bytes that tell its type. */
const SMALLEST_TYPED = 17;
const SIZES: [share: number, upTo: number][] = [
  [0.25, 4_000],
  [0.65, 65_536],
  [0.95, 300_000],
  [1, 1_000_000],
];

export function randomFile(random: Random): FileToSend {
  const share = random();
  const [, largest = 0] = SIZES.find(([upToShare]) => share <= upToShare) ?? [];
  const tiny = random() < 0.05;
  return {
    kind: tiny ? "document" : (mediaKinds[integer(random, mediaKinds.length)] ?? "photo"),
    size: tiny
      ? integer(random, SMALLEST_TYPED)
      : SMALLEST_TYPED + integer(random, largest - SMALLEST_TYPED),
    seed: integer(random, 1_000),
    webhookHasHash: random() < 0.8,
  };
}

/** A message with just this file. It begins like a real one of its kind, however short it is. */
export function messageWith(file: FileToSend, to: string): OutgoingMessage {
  const { bytes } = samples[file.kind];
  return {
    ...{ kind: file.kind, to, seed: file.seed, from: String(15550120000 + file.seed) },
    ...(file.size > bytes.length
      ? { syntheticBytes: file.size, bytes }
      : { bytes: bytes.subarray(0, file.size) }),
    ...(!file.webhookHasHash && { mediaField: { sha256: null } }),
  };
}
