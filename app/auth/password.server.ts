import { hash, verify } from "@node-rs/argon2";
import { MAX_PASSWORD_LENGTH } from "./new-password.ts";

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let decoy: Promise<string> | undefined;

/** @returns an argon2id hash in PHC format, with its salt and cost inside */
export function hashPassword(password: string): Promise<string> {
  if (password.length > MAX_PASSWORD_LENGTH) throw new RangeError("The password is too long.");
  return hash(password, COST);
}

/**
 * Compares in the same time whether or not there is such a user.
 *
 * Too long a password is refused before hashing: a megabyte is a cheap way to keep a server busy.
 *
 * @param passwordHash the user's hash; none when nobody has that e-mail address, or an invited
 *   person has not chosen a password yet
 */
export async function passwordMatches(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  if (password.length > MAX_PASSWORD_LENGTH) return false;
  decoy ??= hash("nobody has this password", COST);
  const matches = await verify(passwordHash ?? (await decoy), password);
  return matches && typeof passwordHash === "string";
}
