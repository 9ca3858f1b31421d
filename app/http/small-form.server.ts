/** A form of a few fields is a few hundred bytes; more is refused before it is read. */
const MAX_BYTES = 16 * 1024;

/** What was sent is no form that can be read. */
export class UnreadableFormError extends Error {
  override name = "UnreadableFormError";

  /** @param message for the person who sent it */
  constructor(
    readonly status: 400 | 413 | 415,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The fields of a form without a file. The request stays readable.
 *
 * @param maxBytes 16 kB unless the form can hold more
 * @throws {UnreadableFormError}
 */
export async function readSmallForm(request: Request, maxBytes = MAX_BYTES): Promise<FormData> {
  const type = request.headers.get("Content-Type") ?? "";
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) {
    throw new UnreadableFormError(415, "Send the form itself.");
  }
  const length = request.headers.get("Content-Length");
  if (length === null || Number(length) > maxBytes) {
    throw new UnreadableFormError(413, "That is more than this form can hold.");
  }
  try {
    return await request.clone().formData();
  } catch (error) {
    // What formData() throws on a body that isn't the form its type promises.
    if (!(error instanceof TypeError)) throw error;
    throw new UnreadableFormError(400, "The form could not be read.");
  }
}
