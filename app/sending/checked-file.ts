import { createHash } from "node:crypto";
import { cleanFileName } from "#app/media/file/file-name.ts";
import { signatureOf } from "#app/media/file/magic-bytes.ts";
import {
  type FileRule,
  ruleOf,
  STILL_STICKER_BYTES,
  TYPE_WORDS,
  tooLargeWords,
} from "./file-types.ts";

/** Enough for every signature, and for a WebP to say whether it moves. */
const HEAD_BYTES = 32;

/** A file on its way from a person. */
export interface PostedFile {
  /** As their browser claims them. */
  name: string;
  type: string;
  bytes: AsyncIterable<Uint8Array>;
}

/** The file is not one that WhatsApp takes. The message is for the person. */
export class FileRefusedError extends Error {
  override name = "FileRefusedError";
  readonly status: 413 | 415 | 422;

  constructor(status: 413 | 415 | 422, message: string) {
    super(message);
    this.status = status;
  }
}

export interface CheckedFile extends FileRule {
  filename: string;
  /**
   * All of it, checked and hashed while it passes; nothing is kept.
   *
   * @throws {FileRefusedError} when it is too large
   */
  bytes: AsyncIterable<Uint8Array>;
  /** Of what has passed. */
  digest(): { sha256: string; size: number };
}

/**
 * Opens a file, as far as its first bytes: what it claims to be and what it begins like must agree.
 *
 * @throws {FileRefusedError}
 */
export async function checkFile(file: PostedFile): Promise<CheckedFile> {
  const rule = ruleOf(file);
  if (!rule) {
    throw new FileRefusedError(415, TYPE_WORDS);
  }
  const parts = file.bytes[Symbol.asyncIterator]();
  const head = await headOf(parts);
  if (head.length === 0) throw new FileRefusedError(422, "The file is empty. Choose another one.");
  if (!beginsLike(rule.mimeType, head)) {
    throw new FileRefusedError(
      415,
      `The file is not what its type says (${rule.mimeType}). Save it anew, or choose another one.`,
    );
  }
  const maxBytes = rule.kind === "sticker" && !moves(head) ? STILL_STICKER_BYTES : rule.maxBytes;
  const hash = createHash("sha256");
  let size = 0;
  let sha256: string | undefined;
  const counted = (chunk: Uint8Array) => {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge({ ...rule, maxBytes });
    hash.update(chunk);
    return chunk;
  };
  async function* bytes() {
    yield counted(head);
    for (let part = await parts.next(); !part.done; part = await parts.next()) {
      yield counted(part.value);
    }
  }
  return {
    ...rule,
    maxBytes,
    filename: cleanFileName(file.name) || "file",
    bytes: bytes(),
    digest() {
      sha256 ??= hash.digest("hex");
      return { sha256, size };
    },
  };
}

export function tooLarge(rule: FileRule): FileRefusedError {
  return new FileRefusedError(413, tooLargeWords(rule));
}

/** The first bytes, however small the parts are that they come in. */
async function headOf(parts: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < HEAD_BYTES) {
    const part = await parts.next();
    if (part.done) return head;
    head = Buffer.concat([head, part.value]);
  }
  return head;
}

/** The magic numbers of what signatureOf doesn't know. */
const PDF = Buffer.from("%PDF-");
const ZIP = Buffer.from("PK\x03\x04");
const COMPOUND_FILE = Buffer.from("d0cf11e0a1b11ae1", "hex");

function beginsLike(mimeType: string, head: Buffer): boolean {
  if (/^(audio|video)\//.test(mimeType)) return signatureOf(head) === "player";
  if (mimeType.startsWith("image/")) return signatureOf(head) === mimeType;
  if (mimeType === "text/plain") return !head.includes(0);
  const magic =
    mimeType === "application/pdf" ? PDF : mimeType.includes("openxml") ? ZIP : COMPOUND_FILE;
  return head.subarray(0, magic.length).equals(magic);
}

/** An extended WebP has flags; one of them tells of an animation (WebP container specification). */
function moves(head: Buffer): boolean {
  return head.toString("latin1", 12, 16) === "VP8X" && ((head[20] ?? 0) & 0x02) !== 0;
}
