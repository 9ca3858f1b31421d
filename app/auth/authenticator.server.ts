import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { findCredentials } from "#app/models/people/credentials.server.ts";
import { forDuty } from "#app/process/database.server.ts";
import { passwordMatches } from "./password.server.ts";

export const PASSWORD = "password";

/** Somebody who can sign in. */
export interface UserKey {
  companyId: number;
  userId: number;
}

/** Wrong e-mail address or wrong password: which of them, nobody is told. */
export class WrongCredentialsError extends Error {
  override name = "WrongCredentialsError";

  /** @param user whose password it was not, for its company to know */
  constructor(readonly user?: UserKey) {
    super("Wrong credentials.");
  }
}

/**
 * Who a sign-in form belongs to.
 *
 * `authenticate(PASSWORD, request)` reads the fields `email` and `password`. It counts no guesses:
 * signIn of sign-in.server.ts does.
 *
 * @throws {WrongCredentialsError} from `authenticate`
 */
export const authenticator = new Authenticator<UserKey>();

authenticator.use(
  new FormStrategy(async ({ form }) => {
    const password = form.get("password");
    const found = await findCredentials(forDuty("sign_in"), emailOf(form));
    const matches = await passwordMatches(
      found?.passwordHash,
      typeof password === "string" ? password : "",
    );
    const user = found && { companyId: found.companyId, userId: found.userId };
    if (!user || !matches) throw new WrongCredentialsError(user);
    return user;
  }),
  PASSWORD,
);

/** @returns the address that was typed, in lower case as users have it; empty when there is none */
export function emailOf(form: FormData): string {
  const email = form.get("email");
  return typeof email === "string" ? email.trim().toLowerCase() : "";
}
