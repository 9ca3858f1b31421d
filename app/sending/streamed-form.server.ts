import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import Busboy, { type BusboyFileStream } from "@fastify/busboy";
import { UnreadableFormError } from "#app/http/posted-form.server.ts";
import type { PostedFile } from "./checked-file.ts";

/** Of one field; a long text is still given back to who wrote it. */
const FIELD_BYTES = 256 * 1024;
const LIMITS = {
  fieldNameSize: 100,
  fieldSize: FIELD_BYTES,
  fields: 16,
  parts: 20,
  headerPairs: 20,
  headerSize: 8 * 1024,
};
const FILE_BUFFER_BYTES = 64 * 1024;

export interface StreamedForm {
  /** Those that stand before the file. */
  fields: ReadonlyMap<string, string>;
  /** Undefined when none was chosen. Not read from the network faster than its bytes are taken. */
  file: PostedFile | undefined;
  /** Reads no more of it. Safe to call at any time; to be called in the end. */
  close(): void;
}

/**
 * Reads a form, as far as its file: what stands after that is not looked at.
 *
 * @param request its body is not read any faster than the form is
 * @throws {UnreadableFormError}
 */
export async function readStreamedForm(request: Request): Promise<StreamedForm> {
  const parser = parserFor(request.headers.get("content-type") ?? "");
  if (!request.body) throw new UnreadableFormError(400, "The form is empty.");
  const fields = new Map<string, string>();
  const stop = new AbortController();
  let stream: BusboyFileStream | undefined;
  let tooLong = false;
  parser.on("field", (name, value, _, truncated) => {
    tooLong ||= truncated;
    if (!stream) fields.set(name, value);
  });
  const body = Readable.fromWeb(request.body as Parameters<typeof Readable.fromWeb>[0]);
  const reading = pipeline(body, parser, { signal: stop.signal });
  const close = () => stop.abort();
  // The parser doesn't tell the file's reader that the rest will never come.
  reading.catch((error) => stream?.destroy(error));
  try {
    const file = await new Promise<PostedFile | undefined>((resolve, reject) => {
      parser.on("file", (_, bytes, name = "", __, type) => {
        // Unread it would stop the form. A form without a chosen file has one without a name.
        if (stream || name === "") return void bytes.resume();
        stream = bytes;
        // Nobody may be reading it any more when it breaks.
        bytes.on("error", () => {});
        resolve({ name, type, bytes: whole(bytes) });
      });
      reading.then(() => resolve(undefined), reject);
    });
    if (tooLong)
      throw new UnreadableFormError(
        413,
        "The text is far too long. Send it in parts, or as a file.",
      );
    return { fields, file, close };
  } catch (error) {
    close();
    throw error instanceof UnreadableFormError
      ? error
      : new UnreadableFormError(400, "The form could not be read.");
  }
}

/** @throws {UnreadableFormError} when the form ends in the middle of the file, or its reading was stopped */
async function* whole(bytes: BusboyFileStream): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) yield chunk;
  } catch {
    throw new UnreadableFormError(400, "The file did not come whole. Attach it again.");
  }
}

function parserFor(contentType: string) {
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(contentType)) {
    throw new UnreadableFormError(415, "Send the form itself.");
  }
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: LIMITS,
      fileHwm: FILE_BUFFER_BYTES,
    });
  } catch {
    throw new UnreadableFormError(400, "The form could not be read.");
  }
}
