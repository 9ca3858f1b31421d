import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { authenticator, PASSWORD, WrongCredentialsError } from "#app/auth/authenticator.server.ts";
import { localPath } from "#app/auth/redirect-to.ts";
import { startSession } from "#app/auth/session.server.ts";
import { findViewer } from "#app/auth/viewer.server.ts";
import { loginNotice } from "#app/setup/login-notice.server.ts";
import { LoginNoticeLine } from "#app/ui/login-notice.tsx";
import { PostForm } from "#app/ui/post-form.tsx";

/** A sign-in form is a few hundred bytes; more is refused before it is read. */
const MAX_FORM_BYTES = 16 * 1024;

export const meta: MetaFunction = () => [{ title: "Sign in · Tapview" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = localPath(new URL(request.url).searchParams.get("redirectTo"));
  if (await findViewer(request)) throw redirect(redirectTo);
  return { redirectTo, notice: await loginNotice(request) };
}

export async function action({ request }: ActionFunctionArgs) {
  if (!isForm(request)) return data({ error: "Send the sign-in form itself." }, 415);
  const length = request.headers.get("Content-Length");
  if (length === null || Number(length) > MAX_FORM_BYTES) {
    return data({ error: "That is too much to be an e-mail address and a password." }, 413);
  }
  const fields = request.clone();
  try {
    const user = await authenticator.authenticate(PASSWORD, request);
    const redirectTo = localPath((await fields.formData()).get("redirectTo"));
    return redirect(redirectTo, { headers: { "Set-Cookie": await startSession(user) } });
  } catch (error) {
    // What formData() throws on a body that isn't the form its type promises.
    if (error instanceof TypeError) return data({ error: "The form could not be read." }, 400);
    if (!(error instanceof WrongCredentialsError)) throw error;
    return data({ error: "The e-mail address or the password is wrong." }, 401);
  }
}

function isForm(request: Request): boolean {
  const type = request.headers.get("Content-Type") ?? "";
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type);
}

/** A plain form: a sign-in begins with a fresh document, and may lead to an address that is no page. */
export default function Login() {
  const { redirectTo, notice } = useLoaderData<typeof loader>();
  const error = useActionData<typeof action>()?.error;
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 px-5 py-10">
      <header>
        <h1 className="title">Tapview</h1>
        <p className="muted">Your company's WhatsApp inbox. Files stay with WhatsApp.</p>
      </header>
      <LoginNoticeLine notice={notice} />
      <PostForm className="flex flex-col gap-4">
        {error && (
          <p role="alert" className="failed">
            {error}
          </p>
        )}
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <label className="flex flex-col gap-1 font-medium">
          E-mail address
          <input
            className="field"
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
          />
        </label>
        <label className="flex flex-col gap-1 font-medium">
          Password
          <input
            className="field"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={1024}
          />
        </label>
        <button type="submit" className="button">
          Sign in
        </button>
      </PostForm>
    </main>
  );
}
