import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { changedNumber, typedNumber } from "#app/admin/number-form.server.ts";
import { actorOf, requireAdmin } from "#app/auth/viewer.server.ts";
import { answerForm, readPostedForm } from "#app/http/posted-form.server.ts";
import { notFound } from "#app/http/refused-pages.ts";
import { changeAccount, findAccount } from "#app/models/numbers/accounts.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { UNKNOWN_NUMBER } from "#app/models/received/quarantine-reason.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { NumberFields } from "#app/ui/admin/number-forms.tsx";
import { DoneNotice, FormError } from "#app/ui/page/form-fields.tsx";
import { PostForm } from "#app/ui/page/post-form.tsx";
import { moment } from "#app/ui/words/dates.ts";
import { accessTokenProblem } from "#app/whatsapp/graph/access-token.server.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.account.name ?? "Number"} · Tapview` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { scope } = await requireAdmin(request, context);
  const account = await accountAt(scope, params.accountId);
  return {
    account,
    tokenProblem: await accessTokenProblem(account.phoneNumberId),
    done: new URL(request.url).searchParams.get("done"),
    now: new Date(),
    timeZone,
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const admin = await requireAdmin(request, context);
  const { id } = await accountAt(admin.scope, params.accountId);
  const typed = typedNumber(await readPostedForm(request));
  return answerForm(typed, async () => {
    await changeAccount(admin.scope, id, changedNumber(typed), actorOf(admin, context));
    return redirect(`/admin/numbers/${id}?done=changed`, 303);
  });
}

/** @throws 404 also for another company's */
async function accountAt(scope: CompanyScope, parameter: string | undefined) {
  const id = numericId(parameter);
  const account = id && (await findAccount(scope, id));
  if (!account) throw notFound();
  return account;
}

export default function NumberPage() {
  const { account, done } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const { phoneNumberId, members, mediaRetentionHours, ...fields } = account;
  const saved = { ...fields, retention: mediaRetentionHours === 1 ? "1 hour" : "7 days" };
  return (
    <>
      <h1 className="px-4 text-lg strong wrap-anywhere">
        <bdi>{account.name}</bdi>
      </h1>
      {!refused && done === "added" && <Added />}
      {!refused && done === "changed" && <DoneNotice>The number was changed.</DoneNotice>}
      <div className="flex flex-col gap-3 px-4 wrap-anywhere">
        <p>Phone number ID {phoneNumberId}</p>
        <TokenHealth />
        <p>
          {members} {members === 1 ? "member" : "members"}, and all admins. Who is a member is
          chosen under People.
        </p>
        <FormError>{refused?.error}</FormError>
        <PostForm className="flex max-w-sm flex-col gap-4">
          <NumberFields {...(refused?.typed ?? saved)} />
          <button type="submit" className="button self-start">
            Save
          </button>
        </PostForm>
      </div>
    </>
  );
}

function Added() {
  return (
    <DoneNotice>
      The number was added. What came for it before is kept in quarantine; whoever runs the server
      takes it in with <code>npm run webhook:replay -- --reason "{UNKNOWN_NUMBER}"</code>.
    </DoneNotice>
  );
}

function TokenHealth() {
  const { account, tokenProblem, now, timeZone } = useLoaderData<typeof loader>();
  const { tokenRefusedAt: since, tokenRefusedReason: reason } = account;
  if (tokenProblem) return <p className="failed">{tokenProblem}</p>;
  if (!since) return <p>An access token is configured.</p>;
  return (
    <p className="failed">
      WhatsApp refuses the configured access token since{" "}
      <time dateTime={since.toISOString()}>{moment(since, now, timeZone)}</time>.
      {reason && ` WhatsApp's answer: ${reason}.`}
    </p>
  );
}
