import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { newNumber, typedNumber } from "#app/admin/number-form.server.ts";
import { actorOf, requireAdmin } from "#app/auth/viewer.server.ts";
import { answerForm, readPostedForm } from "#app/http/posted-form.server.ts";
import { createAccount, listAccounts } from "#app/models/numbers/accounts.server.ts";
import { RefusedChangeError } from "#app/models/refused-change.ts";
import { env } from "#app/process/env.server.ts";
import { AddNumberForm } from "#app/ui/admin/number-forms.tsx";
import { accessTokenProblem } from "#app/whatsapp/graph/access-token.server.ts";

const TITLE = "Numbers";
const adminsAddNumbers = env.NUMBERS_ADDED_BY === "admins";

export const meta: MetaFunction = () => [{ title: `${TITLE} · Tapview` }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { scope } = await requireAdmin(request, context);
  const accounts = await listAccounts(scope);
  const numbers = accounts.map(async ({ tokenRefusedAt, phoneNumberId, ...account }) => {
    const hasToken = (await accessTokenProblem(phoneNumberId)) === undefined;
    return { ...account, phoneNumberId, token: tokenWords(hasToken, tokenRefusedAt !== null) };
  });
  return { numbers: await Promise.all(numbers), mayAdd: adminsAddNumbers };
}

function tokenWords(hasToken: boolean, isRefused: boolean): string {
  if (!hasToken) return "no access token";
  return isRefused ? "access token refused by WhatsApp" : "access token configured";
}

export async function action({ request, context }: ActionFunctionArgs) {
  const admin = await requireAdmin(request, context);
  const typed = typedNumber(await readPostedForm(request));
  return answerForm(typed, async () => {
    if (!adminsAddNumbers) {
      throw new RefusedChangeError("Only the operator of this server adds numbers. Ask them.");
    }
    const id = await createAccount(admin.scope, newNumber(typed), actorOf(admin, context));
    return redirect(`/admin/numbers/${id}?done=added`, 303);
  });
}

export default function Numbers() {
  const { numbers, mayAdd } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return (
    <>
      <h1 className="px-4 text-lg strong">{TITLE}</h1>
      {numbers.length === 0 && <p className="muted px-4">Your company has no number yet.</p>}
      <ul>
        {numbers.map(({ id, ...number }) => (
          <li key={id} className="rule-b px-4 py-3 wrap-anywhere">
            <Link to={`/admin/numbers/${id}`} className="link medium">
              <bdi>{number.name}</bdi>
            </Link>
            <p>{number.displayPhoneNumber}</p>
            <p className="muted text-sm">
              ID {number.phoneNumberId} · files kept{" "}
              {number.mediaRetentionHours === 1 ? "1 hour" : "7 days"} · {number.token} ·{" "}
              {number.members} {number.members === 1 ? "member" : "members"}
            </p>
          </li>
        ))}
      </ul>
      {mayAdd ? (
        <AddNumberForm {...refused} />
      ) : (
        <p className="muted px-4">
          The operator of this server adds numbers. Ask them for another.
        </p>
      )}
    </>
  );
}
