import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { companyScope } from "#app/auth/company-scope.server.ts";
import { parseLink } from "#app/auth/invitation-link.server.ts";
import { newPasswordProblem } from "#app/auth/new-password.ts";
import { hashPassword } from "#app/auth/password.server.ts";
import { clientAddress } from "#app/http/load-context.ts";
import { readPostedForm, textIn } from "#app/http/posted-form.server.ts";
import { acceptInvitation, findInvitation } from "#app/models/people/invitations.server.ts";
import { FormError, NewPasswordFields } from "#app/ui/page/form-fields.tsx";
import { PostForm } from "#app/ui/page/post-form.tsx";

export const handle = { scriptless: true };

export const meta: MetaFunction = () => [{ title: "Choose a password · Tapview" }];

/** Looking uses nothing up: scanners of mail open every link. */
export async function loader({ params }: LoaderFunctionArgs) {
  const found = await invitationAt(params.link);
  return found ? { invitation: found.invitation } : data({ invitation: null }, 404);
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const found = await invitationAt(params.link);
  if (!found) return data({ error: null }, 404);
  const form = await readPostedForm(request);
  const password = textIn(form, "password") ?? "";
  const error = newPasswordProblem(password, textIn(form, "repeated") ?? "");
  if (error) return data({ error }, 422);
  const accepted = await acceptInvitation(
    companyScope(found.companyId),
    {
      tokenHash: found.tokenHash,
      passwordHash: await hashPassword(password),
      now: new Date(),
    },
    clientAddress(context) || undefined,
  );
  return accepted ? redirect("/login?notice=password", 303) : data({ error: null }, 404);
}

async function invitationAt(parameter: string | undefined) {
  const link = parseLink(parameter);
  if (!link) return undefined;
  const scope = companyScope(link.companyId);
  const invitation = await findInvitation(scope, link.tokenHash, new Date());
  return invitation && { ...link, invitation };
}

export default function Invite() {
  const { invitation } = useLoaderData<typeof loader>();
  const error = useActionData<typeof action>()?.error;
  return (
    <main className="centred">
      <h1 className="title">Choose a password</h1>
      {invitation ? (
        <>
          <p>
            <bdi>{invitation.companyName}</bdi> invites you to its WhatsApp inbox. You will sign in
            with <strong className="strong">{invitation.email}</strong> and the password that you
            choose here.
          </p>
          <PostForm className="flex flex-col gap-4">
            <FormError>{error}</FormError>
            {/* For the browser's own keeper of passwords. */}
            <input hidden name="email" autoComplete="username" readOnly value={invitation.email} />
            <NewPasswordFields />
            <button type="submit" className="button">
              Choose this password
            </button>
          </PostForm>
        </>
      ) : (
        <p>This link can't be used any more. Ask an admin of your company for a new one.</p>
      )}
    </main>
  );
}
