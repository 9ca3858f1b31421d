import { readFile } from "node:fs/promises";

/**
 * The bearer token for one business number: WHATSAPP_ACCESS_TOKEN_<PHONE_NUMBER_ID>, else
 * WHATSAPP_ACCESS_TOKEN, each as the value itself or, with _FILE, as a file that holds it. The
 * file is read at every call, so a rotated token needs no restart.
 *
 * @throws when no variable names a token for this number, or its file can't be read
 */
export async function accessToken(
  phoneNumberId: string,
  source: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  for (const name of [`WHATSAPP_ACCESS_TOKEN_${phoneNumberId}`, "WHATSAPP_ACCESS_TOKEN"]) {
    const file = source[`${name}_FILE`];
    const token = file ? await tokenIn(file, `${name}_FILE`) : source[name];
    if (token?.trim()) return token.trim();
  }
  throw new Error(
    `No access token for the number ${phoneNumberId}: set WHATSAPP_ACCESS_TOKEN or WHATSAPP_ACCESS_TOKEN_${phoneNumberId}.`,
  );
}

/**
 * Whether a number has an access token, without telling anything of it.
 *
 * @returns why there is none, in words for the company's admins; undefined when there is one
 */
export async function accessTokenProblem(
  phoneNumberId: string,
  source: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  return accessToken(phoneNumberId, source).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

/** The error names the variable, not the path: admins of a company see it. */
async function tokenIn(file: string, variable: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code = "unknown error" } = error as NodeJS.ErrnoException;
    throw new Error(`The file that ${variable} names can't be read (${code}).`);
  }
}
