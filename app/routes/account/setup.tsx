import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { clientAddress } from "#app/http/load-context.ts";
import { answerForm, readPostedForm, textIn } from "#app/http/posted-form.server.ts";
import { notFound } from "#app/http/refused-pages.ts";
import { createCompany } from "#app/models/people/companies.server.ts";
import { forDuty } from "#app/process/database.server.ts";
import { env } from "#app/process/env.server.ts";
import { logSetupCode, needsSetup } from "#app/setup/first-run.server.ts";
import { newCompany, typedSetup } from "#app/setup/setup-form.server.ts";
import { codeRefusal } from "#app/setup/setup-throttle.server.ts";
import { FormError, NewPasswordFields, TextField } from "#app/ui/page/form-fields.tsx";
import { PostForm } from "#app/ui/page/post-form.tsx";

export const handle = { scriptless: true };

export const meta: MetaFunction = () => [{ title: "Set up · Tapview" }];

export async function loader({ request }: LoaderFunctionArgs) {
  if (!(await needsSetup())) throw notFound();
  logSetupCode(env.APP_ORIGIN ?? new URL(request.url).origin);
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  if (!(await needsSetup())) throw notFound();
  const form = await readPostedForm(request);
  const typed = typedSetup(form);
  return answerForm(typed, async () => {
    const company = newCompany(form);
    const address = clientAddress(context);
    const refused = await codeRefusal(textIn(form, "code") ?? "", address);
    if (refused) return data({ error: refused.error, typed }, refused.init);
    const made = await createCompany(forDuty("setup"), await company(), {
      onlyFirst: true,
      address: address || undefined,
    });
    if (!made) throw notFound();
    return redirect("/login?notice=password", 303);
  });
}

export const headers: HeadersFunction = ({ actionHeaders }) => actionHeaders;

export default function Setup() {
  const refused = useActionData<typeof action>();
  const typed = refused?.typed;
  return (
    <main className="centred">
      <header>
        <h1 className="title">Set up Tapview</h1>
        <p className="muted">Your company, and you as its first admin.</p>
      </header>
      <PostForm className="flex flex-col gap-4">
        <FormError>{refused?.error}</FormError>
        <TextField
          label="Company"
          name="company"
          autoComplete="organization"
          maxLength={100}
          defaultValue={typed?.company}
        />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          maxLength={100}
          defaultValue={typed?.name}
        />
        <TextField
          label="E-mail address"
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
          defaultValue={typed?.email}
        />
        <NewPasswordFields />
        <TextField label="Setup code" name="code" autoComplete="off" maxLength={100} />
        <p className="muted text-sm">
          The server writes it to its log when it starts, in the line <code>setup.offered</code>.
        </p>
        <button type="submit" className="button">
          Set up
        </button>
      </PostForm>
    </main>
  );
}
