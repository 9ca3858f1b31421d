import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { changePerson, type PersonChange } from "#app/admin/person-change.server.ts";
import { linkFor } from "#app/admin/person-form.server.ts";
import { actorOf, requireAdmin } from "#app/auth/viewer.server.ts";
import { answerForm, readPostedForm, textIn } from "#app/http/posted-form.server.ts";
import { notFound } from "#app/http/refused-pages.ts";
import { listAccounts } from "#app/models/numbers/accounts.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { renewLink } from "#app/models/people/invitations.server.ts";
import { findPerson } from "#app/models/people/people.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { OneTimeLink } from "#app/ui/admin/invite-form.tsx";
import { PersonForms } from "#app/ui/admin/person-forms.tsx";
import { DoneNotice, FormError } from "#app/ui/page/form-fields.tsx";
import { ROLES, stateWords } from "#app/ui/words/person-words.ts";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.person.name ?? "Person"} · Tapview` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const { scope, id } = await requireAdmin(request, context);
  const person = await personAt(scope, params.userId);
  const accounts = await listAccounts(scope);
  return {
    person,
    state: stateWords(person, new Date()),
    isOneself: person.id === id,
    accounts: accounts.map(({ id, name }) => ({ id, name })),
    done: new URL(request.url).searchParams.get("done"),
  };
}

export async function action({ request, params, context }: ActionFunctionArgs) {
  const admin = await requireAdmin(request, context);
  const { scope } = admin;
  const { id, name } = await personAt(scope, params.userId);
  const form = await readPostedForm(request);
  const actor = actorOf(admin, context);
  return answerForm({ name: textIn(form, "name") }, async () => {
    if (textIn(form, "intent") === "link") {
      const address = await linkFor(request, scope, (link) => renewLink(scope, id, link, actor));
      return data({ link: { address, name } }, 201);
    }
    const done = await changePerson(scope, id, form, actor);
    return redirect(`/admin/people/${id}?done=${done}`, 303);
  });
}

/** @throws 404 also for another company's */
async function personAt(scope: CompanyScope, parameter: string | undefined) {
  const id = numericId(parameter);
  const person = id && (await findPerson(scope, id));
  if (!person) throw notFound();
  return person;
}

const DONE: Record<PersonChange, string> = {
  name: "The name was changed.",
  role: "The role was changed. It counts at once.",
  numbers: "The numbers were changed. It counts at once.",
  deactivate: "Deactivated. They are signed out everywhere.",
  reactivate: "Reactivated.",
};

export default function PersonPage() {
  const { person, state, isOneself, accounts, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refused = answer && "error" in answer ? answer : undefined;
  return (
    <>
      <h1 className="px-4 text-lg strong wrap-anywhere">
        <bdi>{person.name}</bdi>
      </h1>
      {answer && "link" in answer && <OneTimeLink {...answer.link} />}
      {!answer && <DoneNotice>{DONE[done as PersonChange]}</DoneNotice>}
      <div className="flex flex-col gap-4 px-4 wrap-anywhere">
        <p>
          {person.email} · {ROLES[person.role]} · {state}
        </p>
        <FormError>{refused?.error}</FormError>
        <PersonForms
          person={person}
          typedName={refused?.typed.name}
          isOneself={isOneself}
          accounts={accounts}
        />
      </div>
    </>
  );
}
