import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyFileStream, type BusboyHeaders } from "@fastify/busboy";
import { MAX_UPLOAD_BYTES } from "#simulator/answers/media-kinds.ts";

const MAX_FIELDS = 20;

/** What a multipart body holds. */
export interface Upload {
  fields: Record<string, string>;
  file: UploadedFile | undefined;
}

export interface UploadedFile {
  filename: string;
  /** The part's own Content-Type. */
  mimeType: string;
  bytes: Buffer;
  /** The file is larger than anything that can be uploaded; the rest of it was dropped. */
  isCut: boolean;
}

/**
 * Reads `multipart/form-data`: the fields, and the part named "file", 100 MiB of it at most.
 *
 * @returns undefined for a body of another kind, or a broken one
 */
export async function readUpload(request: IncomingMessage): Promise<Upload | undefined> {
  const parser = parserFor(request);
  if (!parser) return undefined;
  const fields: Record<string, string> = {};
  let file: Promise<UploadedFile> | undefined;
  parser.on("field", (name, value) => {
    fields[name] = value;
  });
  parser.on("file", (name, stream, filename, _encoding, mimeType) => {
    if (name !== "file" || file) stream.resume();
    else file = readFile(stream, filename, mimeType);
  });
  try {
    await pipeline(request, parser);
    return { fields, file: await file };
  } catch {
    file?.catch(() => {});
    return undefined;
  }
}

function parserFor(request: IncomingMessage) {
  try {
    const headers = request.headers as BusboyHeaders;
    const limits = { fileSize: MAX_UPLOAD_BYTES, fields: MAX_FIELDS };
    if (!headers["content-type"]?.startsWith("multipart/form-data")) return undefined;
    return new Busboy({ headers, limits });
  } catch {
    return undefined;
  }
}

async function readFile(
  stream: BusboyFileStream,
  filename: string,
  mimeType: string,
): Promise<UploadedFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { filename, mimeType, bytes: Buffer.concat(chunks), isCut: stream.truncated };
}
