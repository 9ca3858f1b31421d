import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { linkFor, newPerson, typedPerson } from "#app/admin/person-form.server.ts";
import { actorOf, requireAdmin } from "#app/auth/viewer.server.ts";
import { answerForm, readPostedForm } from "#app/http/posted-form.server.ts";
import { listAccounts } from "#app/models/numbers/accounts.server.ts";
import { invitePerson } from "#app/models/people/invitations.server.ts";
import { listPeople } from "#app/models/people/people.server.ts";
import { InviteForm, OneTimeLink } from "#app/ui/admin/invite-form.tsx";
import { ROLES, stateWords } from "#app/ui/words/person-words.ts";

const TITLE = "People";

export const meta: MetaFunction = () => [{ title: `${TITLE} · Tapview` }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { scope } = await requireAdmin(request, context);
  const [people, accounts] = await Promise.all([listPeople(scope), listAccounts(scope)]);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  const now = new Date();
  return {
    accounts: accounts.map(({ id, name }) => ({ id, name })),
    people: people.map(({ id, name, email, role, accountIds, ...person }) => ({
      id,
      name,
      email,
      role,
      state: stateWords(person, now),
      numbers: role === "admin" ? ["all numbers"] : accountIds.map((id) => names.get(id) ?? ""),
    })),
  };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const admin = await requireAdmin(request, context);
  const typed = typedPerson(await readPostedForm(request));
  return answerForm(typed, async () => {
    const person = newPerson(typed);
    const address = await linkFor(request, admin.scope, (link) =>
      invitePerson(admin.scope, person, link, actorOf(admin, context)),
    );
    return data({ link: { address, name: person.name } }, 201);
  });
}

export default function People() {
  const { people, accounts } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const refused = answer && "error" in answer ? answer : undefined;
  return (
    <>
      <h1 className="px-4 text-lg strong">{TITLE}</h1>
      {answer && "link" in answer && <OneTimeLink {...answer.link} />}
      <ul>
        {people.map(({ id, ...person }) => (
          <li key={id} className="rule-b px-4 py-3 wrap-anywhere">
            <Link to={`/admin/people/${id}`} className="link medium">
              <bdi>{person.name}</bdi>
            </Link>
            <p>{person.email}</p>
            <p className="muted text-sm">
              {ROLES[person.role]} · {person.state} ·{" "}
              <bdi>{person.numbers.join(", ") || "no numbers"}</bdi>
            </p>
          </li>
        ))}
      </ul>
      <InviteForm accounts={accounts} refused={refused} />
    </>
  );
}
