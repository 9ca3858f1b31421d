import { hash, verify } from "@node-rs/argon2";

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** Longer input is refused before hashing: hashing a megabyte is a cheap way to keep a server busy. */
const MAX_PASSWORD_LENGTH = 1_024;

let decoy: Promise<string> | undefined;

/** @returns an argon2id hash in PHC format, with its salt and cost inside */
export function hashPassword(password: string): Promise<string> {
  if (password.length > MAX_PASSWORD_LENGTH) throw new RangeError("The password is too long.");
  return hash(password, COST);
}

/**
 * Compares in the same time whether or not there is such a user.
 *
 * @param passwordHash the user's hash; undefined when nobody has that e-mail address
 */
export async function passwordMatches(
  passwordHash: string | undefined,
  password: string,
): Promise<boolean> {
  if (password.length > MAX_PASSWORD_LENGTH) return false;
  decoy ??= hash("nobody has this password", COST);
  const matches = await verify(passwordHash ?? (await decoy), password);
  return matches && passwordHash !== undefined;
}
