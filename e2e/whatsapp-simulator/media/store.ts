import { bytesContent, type Content, noiseContent, paddedContent } from "./content.ts";
import { type Digest, digest } from "./digest.ts";

const ID_DIGITS = [15, 16, 17];
const MAX_CACHED_DIGESTS = 100;

/** A file that WhatsApp keeps. */
export interface StoredMedia {
  id: string;
  mimeType: string;
  filename: string;
  content: Content;
  sha256: Buffer;
  adler32: number;
}

/** Exactly one of `bytes` and `syntheticBytes`, or both: the bytes, padded to that size. */
export interface NewMedia {
  bytes?: Uint8Array | undefined;
  /** Size of a file made up while it is read. */
  syntheticBytes?: number | undefined;
  seed?: number | undefined;
  mimeType: string;
  filename?: string | undefined;
  /** Default: 15 to 17 random digits. An id that is taken gets the new file. */
  mediaId?: string | undefined;
}

/** The files of this run, in memory; made-up ones need none. */
export class MediaStore {
  readonly #media = new Map<string, StoredMedia>();
  readonly #digests = new Map<string, Promise<Digest>>();
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Reads the file once for its digests; equal made-up files are read only the first time. */
  async add(media: NewMedia): Promise<StoredMedia> {
    const content = contentOf(media);
    const stored = {
      id: media.mediaId ?? this.#newId(),
      mimeType: media.mimeType,
      filename: media.filename ?? "file",
      content,
      ...(await this.#digest(media, content)),
    };
    this.#media.set(stored.id, stored);
    return stored;
  }

  get(id: string): StoredMedia | undefined {
    return this.#media.get(id);
  }

  /** As at Meta once the days of keeping are over. @returns whether there was such a file */
  delete(id: string): boolean {
    return this.#media.delete(id);
  }

  /** Newest first. */
  list(): StoredMedia[] {
    return [...this.#media.values()].reverse();
  }

  #digest(media: NewMedia, content: Content): Promise<Digest> {
    if (media.bytes || media.syntheticBytes === undefined) return digest(content);
    const key = `${media.syntheticBytes} ${media.seed ?? 1}`;
    const known = this.#digests.get(key) ?? digest(content);
    if (this.#digests.size < MAX_CACHED_DIGESTS) this.#digests.set(key, known);
    return known;
  }

  #newId(): string {
    const digits = ID_DIGITS[Math.floor(this.#random() * ID_DIGITS.length)] ?? 16;
    const rest = Array.from({ length: digits - 1 }, () => Math.floor(this.#random() * 10));
    const id = `${1 + Math.floor(this.#random() * 9)}${rest.join("")}`;
    return this.#media.has(id) ? this.#newId() : id;
  }
}

function contentOf({ bytes, syntheticBytes, seed }: NewMedia): Content {
  if (bytes && syntheticBytes !== undefined) {
    return paddedContent(Buffer.from(bytes), syntheticBytes, seed);
  }
  if (bytes) return bytesContent(bytes);
  return noiseContent(syntheticBytes ?? 0, seed);
}
