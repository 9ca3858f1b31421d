import { UnreadableFormError } from "#app/http/posted-form.server.ts";
import type { OutgoingFile } from "#app/models/outgoing/outgoing.server.ts";
import type { Refusal } from "#app/models/outgoing/outgoing-message.ts";
import { FILE_NOT_KEPT } from "#app/models/outgoing/outgoing-status.ts";
import { log } from "#app/process/log.server.ts";
import { uploadBytes, uploads } from "#app/process/metrics.server.ts";
import { type Uploader, upload } from "#app/whatsapp/files/upload.server.ts";
import { GraphError } from "#app/whatsapp/graph/graph-error.ts";
import { refusalOf } from "#app/whatsapp/graph/send.server.ts";
import { type TokenHealth, tokenHealth } from "#app/whatsapp/graph/token-health.server.ts";
import { ActionError } from "./action-error.ts";
import {
  type CheckedFile,
  checkFile,
  FileRefusedError,
  type PostedFile,
  tooLarge,
} from "./checked-file.ts";
import { noCaptionWords } from "./file-types.ts";
import { lengthOf, MAX_CAPTION } from "./message-text.ts";
import { type EnterUpload, enterUpload } from "./upload-places.ts";

/** What a form may be longer than the file in it. */
const FORM_BYTES = 1024 * 1024;

export interface FileUpload {
  companyId: number;
  userId: number;
  phoneNumberId: string;
  caption: string;
  file: PostedFile;
  /** Of the whole form, where the browser tells. */
  contentLength: number | undefined;
}

/** A file that is at WhatsApp, or what is left of one that isn't. */
export type Uploaded = OutgoingFile & { kind: CheckedFile["kind"]; failure: Refusal | undefined };

type UploadOutcome = "complete" | "refused" | "failed" | "left" | "busy";

export type UploadFile = ReturnType<typeof createFileUpload>;

export function createFileUpload(
  send: Uploader = upload,
  { enter = enterUpload, health = tokenHealth }: { enter?: EnterUpload; health?: TokenHealth } = {},
) {
  /**
   * Streams a person's file to WhatsApp, checked as it passes.
   *
   * @param signal aborts when the person has left: then the upload ends too, and nothing is left
   * @returns also when WhatsApp didn't take it
   * @throws {ActionError} when the file may not be sent
   */
  return async function uploadFile(asked: FileUpload, signal: AbortSignal): Promise<Uploaded> {
    const { companyId, userId, phoneNumberId, caption } = asked;
    const startedAt = Date.now();
    const entry = { companyId, userId, phoneNumberId };
    let file: CheckedFile | undefined;
    let leave: (() => void) | undefined;
    const end = (outcome: UploadOutcome, more: object = {}) => {
      uploads.inc({ outcome });
      const { size = 0 } = file?.digest() ?? {};
      uploadBytes.inc(size);
      const ms = Date.now() - startedAt;
      log.info({ event: "whatsapp.upload", ...entry, outcome, bytes: size, ms, ...more });
    };
    try {
      leave = enter(asked);
      file = await checkFile(asked.file);
      checkWhole(file, asked);
      const { mimeType, filename, bytes } = file;
      const mediaId = await send({ phoneNumberId, mimeType, filename, bytes }, signal);
      health.accepted(entry, false);
      end("complete", { mediaId });
      return { ...nameTag(file, caption), ...file.digest(), mediaId, failure: undefined };
    } catch (error) {
      if (error instanceof FileRefusedError || error instanceof ActionError) {
        end(error.status === 503 ? "busy" : "refused", { status: error.status });
        throw new ActionError(error.status, error.message);
      }
      const left = signal.aborted || error instanceof UnreadableFormError;
      if (left || !(error instanceof GraphError) || !file) {
        end(left ? "left" : "failed");
        throw error;
      }
      end("failed", { detail: error.message });
      if (error.kind === "refused") health.refused(entry, error.message);
      const failure = { code: null, title: FILE_NOT_KEPT, details: wordsOf(error) };
      return { ...nameTag(file, caption), mediaId: null, sha256: null, size: null, failure };
    } finally {
      leave?.();
    }
  };
}

/** What can be said before a byte goes to WhatsApp. */
function checkWhole(file: CheckedFile, { caption, contentLength = 0 }: FileUpload): void {
  if (contentLength - FORM_BYTES > file.maxBytes) throw tooLarge(file);
  if (!caption) return;
  const problem = noCaptionWords(file.kind);
  if (problem) throw new ActionError(422, problem);
  const excess = lengthOf(caption) - MAX_CAPTION;
  if (excess > 0) {
    throw new ActionError(
      422,
      `The text is ${excess} characters too long to go with a file: ${MAX_CAPTION} at most. Shorten it, or send it by itself.`,
    );
  }
}

function nameTag({ kind, mimeType, filename }: CheckedFile, caption: string) {
  const named = kind === "document" ? filename : null;
  return { kind, mimeType, caption: caption || null, filename: named };
}

function wordsOf(error: GraphError): string | null {
  const { title, details } = refusalOf(error);
  return [title, details].filter(Boolean).join(" ") || null;
}

export const uploadFile = createFileUpload();
