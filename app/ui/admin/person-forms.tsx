import type { ReactNode } from "react";
import type { Person } from "#app/models/people/people.server.ts";
import { Options, SelectField, TextField } from "../page/form-fields.tsx";
import { PostForm } from "../page/post-form.tsx";
import { ROLES } from "../words/person-words.ts";

/** What an admin can change of a person: a form for each, so that none undoes another admin's change. */
export function PersonForms(props: {
  person: Person;
  /** What was typed before the name was refused. */
  typedName: string | undefined;
  isOneself: boolean;
  accounts: { id: number; name: string }[];
}) {
  const { person, typedName, isOneself, accounts } = props;
  return (
    <>
      <ChangeForm intent="name" button="Save the name">
        <TextField
          label="Name"
          name="name"
          maxLength={100}
          autoComplete="off"
          defaultValue={typedName ?? person.name}
        />
      </ChangeForm>
      {isOneself ? (
        <p className="muted">Another admin can change your role, and deactivate you.</p>
      ) : (
        <ChangeForm intent="role" button="Save the role">
          <SelectField label="Role" name="role" defaultValue={person.role}>
            <Options words={ROLES} />
          </SelectField>
        </ChangeForm>
      )}
      <ChangeForm intent="numbers" button="Save the numbers">
        <MembershipFields accounts={accounts} ticked={person.accountIds} />
      </ChangeForm>
      {person.state !== "deactivated" && (
        <ChangeForm intent="link" button="Make a new link">
          <p>
            By a new link they choose a password, also when they forgot theirs. The link before it
            works no more.
          </p>
        </ChangeForm>
      )}
      {!isOneself && <StateForm person={person} />}
    </>
  );
}

function StateForm({ person: { state } }: { person: Person }) {
  return state === "deactivated" ? (
    <ChangeForm intent="reactivate" button="Reactivate">
      <p>They can sign in again, with the role and the numbers above.</p>
    </ChangeForm>
  ) : (
    <ChangeForm intent="deactivate" button="Deactivate">
      <p>Signs them out everywhere at once. What they wrote stays.</p>
    </ChangeForm>
  );
}

function ChangeForm(props: { intent: string; button: string; children: ReactNode }) {
  return (
    <PostForm className="flex max-w-sm flex-col gap-3">
      <input type="hidden" name="intent" value={props.intent} />
      {props.children}
      <button type="submit" className="button self-start">
        {props.button}
      </button>
    </PostForm>
  );
}

/** The company's numbers, to tick those that somebody is a member of. */
export function MembershipFields(props: {
  accounts: { id: number; name: string }[];
  ticked: readonly number[];
}) {
  const { accounts, ticked } = props;
  return (
    <fieldset className="flex min-w-0 flex-col gap-1 wrap-anywhere">
      <legend className="medium">Member of the numbers</legend>
      {accounts.length === 0 && <p className="muted">Your company has no number yet.</p>}
      {accounts.map(({ id, name }) => (
        <label key={id} className="flex items-center gap-2">
          <input type="checkbox" name="account" value={id} defaultChecked={ticked.includes(id)} />
          <bdi>{name}</bdi>
        </label>
      ))}
      <p className="muted text-sm">An admin sees all numbers, ticked or not.</p>
    </fieldset>
  );
}
