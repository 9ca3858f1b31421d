import { graphAnswer } from "#simulator/answers/answer.ts";
import { refusedBusiness } from "#simulator/answers/business.ts";
import { maxBytesOf, supportedMimeTypes } from "#simulator/answers/media-kinds.ts";
import { Refused, refuse, refuseParameter } from "#simulator/answers/refused.ts";
import { usage } from "#simulator/answers/usage.ts";
import { applyUploadFault, meetReadingFault } from "#simulator/faults/upload.ts";
import { sha256 } from "#simulator/wire/authorization.ts";
import type { Answer, Exchange } from "#simulator/wire/exchange.ts";
import type { World } from "#simulator/world.ts";
import { readUpload, type Upload, type UploadedFile } from "./read-upload.ts";

const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;

/** Answers `POST /{version}/{phone-number-id}/media`, Meta's "Upload media". */
export async function answerUpload(
  world: World,
  exchange: Exchange,
  phoneNumberId: string,
): Promise<Answer> {
  const refused = refusedBusiness(world, exchange.request, phoneNumberId);
  if (refused) return refused;
  const fault = world.faults.take("upload", { request: exchange.request });
  if (fault) await meetReadingFault(fault, exchange);
  const upload = await readUpload(exchange.request);
  const file = upload?.file;
  if (file) {
    const { mimeType, filename, bytes } = file;
    const digest = sha256(bytes).toString("hex");
    exchange.note({ file: { mimeType, filename, size: bytes.length, sha256: digest } });
  }
  const usual = () => carryOut(world, exchange, upload);
  return fault ? applyUploadFault(fault, usual, exchange) : usual();
}

async function carryOut(
  world: World,
  exchange: Exchange,
  upload: Upload | undefined,
): Promise<Answer> {
  try {
    const { filename, mimeType, bytes } = checked(upload);
    const expiresAt = world.now() + LIFETIME_MS;
    const { id } = await world.media.upload({ filename, mimeType, bytes, expiresAt });
    exchange.note({ mediaId: id });
    return graphAnswer(200, () => JSON.stringify({ id }), usage());
  } catch (error) {
    if (error instanceof Refused) return error.answer;
    throw error;
  }
}

/** @throws Refused */
function checked(upload: Upload | undefined): UploadedFile {
  if (upload?.fields.messaging_product !== "whatsapp") {
    refuseParameter("The parameter messaging_product is required.");
  }
  const { file } = upload;
  if (!file) return refuseParameter("The parameter file is required.");
  const max = maxBytesOf(file.mimeType);
  if (max === undefined) {
    const types = supportedMimeTypes().join(", ");
    refuseParameter(
      `Param file must be a file with one of the following types: ${types}. Received file of type '${file.mimeType}'.`,
    );
  }
  if (file.isCut || file.bytes.length > max) {
    refuse(131053, `The file is larger than ${max} bytes.`);
  }
  return file;
}
