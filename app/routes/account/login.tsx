import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { WrongCredentialsError } from "#app/auth/authenticator.server.ts";
import { localPath } from "#app/auth/redirect-to.ts";
import { signIn } from "#app/auth/sign-in.server.ts";
import { ThrottledError } from "#app/auth/throttle.server.ts";
import { findViewer } from "#app/auth/viewer.server.ts";
import { readSmallForm, UnreadableFormError } from "#app/http/posted-form.server.ts";
import { loginNotice } from "#app/setup/login-notice.server.ts";
import { LoginNoticeLine } from "#app/ui/account/login-notice.tsx";
import { PostForm } from "#app/ui/page/post-form.tsx";

export const meta: MetaFunction = () => [{ title: "Sign in · Tapview" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const redirectTo = localPath(new URL(request.url).searchParams.get("redirectTo"));
  if (await findViewer(request)) throw redirect(redirectTo);
  return { redirectTo, notice: await loginNotice(request) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  try {
    const form = await readSmallForm(request);
    const headers = await signIn(form, request, context);
    return redirect(localPath(form.get("redirectTo")), { headers });
  } catch (error) {
    if (error instanceof UnreadableFormError) return data({ error: error.message }, error.status);
    if (error instanceof ThrottledError) {
      return data({ error: error.message }, error.init);
    }
    if (!(error instanceof WrongCredentialsError)) throw error;
    return data({ error: "The e-mail address or the password is wrong." }, 401);
  }
}

export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

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
