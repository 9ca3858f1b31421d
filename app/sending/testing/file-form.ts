import { FORM_KEY } from "./conversation.ts";

export const JPEG = Buffer.concat([Buffer.from("ffd8ffe0", "hex"), Buffer.alloc(5_000, 7)]);
const BOUNDARY = "----form";
export const MULTIPART = { "content-type": `multipart/form-data; boundary=${BOUNDARY}` };

/** The composer's form with a file, as a browser sends it. */
export function formWith(file: File | undefined, fields: Record<string, string> = {}): FormData {
  const form = new FormData();
  const all = { intent: "send", key: FORM_KEY, text: "", ...fields };
  for (const [name, value] of Object.entries(all)) form.set(name, value);
  form.set("file", file ?? new File([], "", { type: "application/octet-stream" }));
  return form;
}

export const photo = (bytes: BlobPart = JPEG, name = "photo.jpg", type = "image/jpeg") =>
  new File([bytes], name, { type });

/** The beginning of such a form, up to and with the first bytes of the file. */
export const begun = (bytes: Uint8Array = JPEG, type = "image/jpeg") =>
  Buffer.concat([
    ...Object.entries({ intent: "send", key: FORM_KEY, text: "Hi" }).map(([name, value]) =>
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
      ),
    ),
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="file"\r\nContent-Type: ${type}\r\n\r\n`,
    ),
    bytes,
  ]);

/** A body that goes on as the function says. */
export const streamOf = (pull: (controller: Controller) => void | Promise<void>) =>
  new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });

type Controller = ReadableStreamDefaultController<Uint8Array>;
