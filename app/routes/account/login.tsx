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
import { needsSetup } from "#app/setup/first-run.server.ts";
import { DoneNotice, FormError, TextField } from "#app/ui/page/form-fields.tsx";
import { PostForm } from "#app/ui/page/post-form.tsx";

export const meta: MetaFunction = () => [{ title: "Sign in · Tapview" }];

export async function loader({ request }: LoaderFunctionArgs) {
  const query = new URL(request.url).searchParams;
  const redirectTo = localPath(query.get("redirectTo"));
  if (await findViewer(request)) throw redirect(redirectTo);
  return { redirectTo, notice: await noticeFor(query) };
}

/** "setup": there is no company yet; "password": somebody has just chosen theirs. */
async function noticeFor(query: URLSearchParams): Promise<"setup" | "password" | undefined> {
  if (await needsSetup()) return "setup";
  return query.get("notice") === "password" ? "password" : undefined;
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
    <main className="centred">
      <header>
        <h1 className="title">Tapview</h1>
        <p className="muted">Your company's WhatsApp inbox. Files stay with WhatsApp.</p>
      </header>
      {notice === "setup" && (
        <DoneNotice>
          Nobody can sign in yet.{" "}
          <a className="link" href="/setup">
            Set up your company
          </a>
        </DoneNotice>
      )}
      {notice === "password" && <DoneNotice>Sign in with the password you chose.</DoneNotice>}
      <PostForm className="flex flex-col gap-4">
        <FormError>{error}</FormError>
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <TextField
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          maxLength={1024}
        />
        <button type="submit" className="button">
          Sign in
        </button>
      </PostForm>
    </main>
  );
}
