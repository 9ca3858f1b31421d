import { Authenticator } from "remix-auth";
import { FormStrategy } from "remix-auth-form";
import { findCredentials } from "#app/models/users.server.ts";
import { forDuty } from "#db/client.server.ts";
import { passwordMatches } from "./password.server.ts";

export const PASSWORD = "password";

/** Wrong e-mail address or wrong password: which of them, nobody is told. */
export class WrongCredentialsError extends Error {
  override name = "WrongCredentialsError";
}

/**
 * Who a sign-in form belongs to.
 *
 * `authenticate(PASSWORD, request)` reads the fields `email` and `password`.
 *
 * @throws {WrongCredentialsError} from `authenticate`
 */
export const authenticator = new Authenticator<{ companyId: number; userId: number }>();

authenticator.use(
  new FormStrategy(async ({ form }) => {
    const email = form.get("email");
    const password = form.get("password");
    if (typeof email !== "string" || typeof password !== "string")
      throw new WrongCredentialsError();
    const user = await findCredentials(forDuty("sign_in"), email.trim());
    const matches = await passwordMatches(user?.passwordHash, password);
    if (!user || !matches) throw new WrongCredentialsError();
    return { companyId: user.companyId, userId: user.userId };
  }),
  PASSWORD,
);
