import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { findCredentials } from "#app/models/people/users.server.ts";
import { forDuty } from "#app/process/database.server.ts";
import { passwordMatches } from "./password.server.ts";

export const PASSWORD = "password";

export interface Account {
  companyId: number;
  userId: number;
}

/** Wrong e-mail address or wrong password: which of them, nobody is told. */
export class WrongCredentialsError extends Error {
  override name = "WrongCredentialsError";

  /** @param account whose password it was not, for its company to know */
  constructor(readonly account?: Account) {
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
export const authenticator = new Authenticator<Account>();

authenticator.use(
  new FormStrategy(async ({ form }) => {
    const password = form.get("password");
    const user = await findCredentials(forDuty("sign_in"), emailOf(form));
    const matches = await passwordMatches(
      user?.passwordHash,
      typeof password === "string" ? password : "",
    );
    const account = user && { companyId: user.companyId, userId: user.userId };
    if (!account || !matches) throw new WrongCredentialsError(account);
    return account;
  }),
  PASSWORD,
);

/** @returns the address that was typed, in lower case as accounts have it; empty when there is none */
export function emailOf(form: FormData): string {
  const email = form.get("email");
  return typeof email === "string" ? email.trim().toLowerCase() : "";
}
