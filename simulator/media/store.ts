import { bytesContent, type Content, noiseContent, paddedContent } from "./content.ts";
import { type Digest, digest } from "./digest.ts";

const ID_DIGITS = [15, 16, 17];
const MAX_CACHED_DIGESTS = 100;
/** 512 MiB: beyond that the oldest uploads are forgotten. */
const MAX_UPLOADED_BYTES = 512 * 1024 * 1024;

/** A file that WhatsApp keeps. */
export interface StoredMedia {
  id: string;
  mimeType: string;
  filename: string;
  content: Content;
  sha256: Buffer;
  adler32: number;
  /** Milliseconds since 1970; without it the file stays. */
  expiresAt?: number | undefined;
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
  /** Milliseconds since 1970; without it the file stays. */
  expiresAt?: number | undefined;
}

/** The files of this run, in memory; made-up ones need none. */
export class MediaStore {
  readonly #media = new Map<string, StoredMedia>();
  readonly #digests = new Map<string, Promise<Digest>>();
  readonly #uploads = new Map<string, number>();
  readonly #random: () => number;
  readonly #now: () => number;

  constructor(random: () => number, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  /** Reads the file once for its digests; equal made-up files are read only the first time. */
  async add(media: NewMedia): Promise<StoredMedia> {
    const content = contentOf(media);
    const stored = {
      id: media.mediaId ?? this.#newId(),
      mimeType: media.mimeType,
      filename: media.filename ?? "file",
      content,
      expiresAt: media.expiresAt,
      ...(await this.#digest(media, content)),
    };
    this.#media.set(stored.id, stored);
    return stored;
  }

  /** Adds a file of the business's; of all of those the newest 512 MiB are kept. */
  async upload(media: NewMedia & { bytes: Uint8Array }): Promise<StoredMedia> {
    const stored = await this.add(media);
    this.#uploads.set(stored.id, stored.content.size);
    let total = [...this.#uploads.values()].reduce((sum, size) => sum + size, 0);
    for (const [id, size] of this.#uploads) {
      if (total <= MAX_UPLOADED_BYTES) break;
      total -= size;
      this.delete(id);
    }
    return stored;
  }

  get(id: string): StoredMedia | undefined {
    const media = this.#media.get(id);
    if (media?.expiresAt === undefined || this.#now() < media.expiresAt) return media;
    this.delete(id);
    return undefined;
  }

  /** As at Meta once the days of keeping are over. @returns whether there was such a file */
  delete(id: string): boolean {
    this.#uploads.delete(id);
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
