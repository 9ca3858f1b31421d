import type { typedPerson } from "#app/admin/person-form.server.ts";
import { FormError, Options, SelectField, TextField } from "../page/form-fields.tsx";
import { PostForm } from "../page/post-form.tsx";
import { ROLES_IN_FULL } from "../words/person-words.ts";
import { MembershipFields } from "./person-forms.tsx";

interface InviteFormProps {
  accounts: { id: number; name: string }[];
  /** Why nobody was invited, and what was typed. */
  refused: { error: string; typed: ReturnType<typeof typedPerson> } | undefined;
}

/** Invites somebody, whose link is then shown. */
export function InviteForm({ accounts, refused }: InviteFormProps) {
  const typed = refused?.typed;
  return (
    <section aria-labelledby="invite" className="flex flex-col gap-3 px-4">
      <h2 id="invite" className="strong">
        Invite somebody
      </h2>
      <FormError>{refused?.error}</FormError>
      <PostForm className="flex max-w-sm flex-col gap-4">
        <TextField
          label="Name"
          name="name"
          maxLength={100}
          autoComplete="off"
          defaultValue={typed?.name}
        />
        <TextField
          label="E-mail address"
          name="email"
          type="email"
          maxLength={254}
          autoComplete="off"
          defaultValue={typed?.email}
        />
        <SelectField label="Role" name="role" defaultValue={typed?.role ?? "agent"}>
          <Options words={ROLES_IN_FULL} />
        </SelectField>
        <MembershipFields accounts={accounts} ticked={typed?.accountIds ?? []} />
        <button type="submit" className="button self-start">
          Invite and show the link
        </button>
      </PostForm>
    </section>
  );
}

/** A link by which somebody chooses a password; it is on this page alone. */
export function OneTimeLink({ address, name }: { address: string; name: string }) {
  return (
    <div role="status" className="notice flex flex-col gap-1">
      <label className="flex flex-col gap-1 medium wrap-anywhere">
        <span>
          The link for <bdi>{name}</bdi>
        </span>
        <input className="field" readOnly value={address} />
      </label>
      <p>
        It is shown only now. Send it to them: they choose a password by it, once, within 7 days.
        Whoever has it can do so.
      </p>
    </div>
  );
}
