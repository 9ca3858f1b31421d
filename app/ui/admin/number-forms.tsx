import { FormError, SelectField, TextField } from "../page/form-fields.tsx";
import { PostForm } from "../page/post-form.tsx";

/** What a form says of a number, as it was typed. */
export interface NumberFieldsProps {
  name?: string | undefined;
  displayPhoneNumber?: string | undefined;
  retention?: string | undefined;
}

/** What can be changed of a number. */
export function NumberFields({ name, displayPhoneNumber, retention }: NumberFieldsProps) {
  return (
    <>
      <TextField label="Name" name="name" maxLength={100} defaultValue={name} />
      <TextField
        label="Phone number, as people write it"
        name="displayPhoneNumber"
        placeholder="+1 555 010 0001"
        defaultValue={displayPhoneNumber}
      />
      <SelectField
        label="How long WhatsApp keeps files"
        name="retention"
        defaultValue={retention ?? "7 days"}
      >
        <option value="7 days">7 days</option>
        <option value="1 hour">1 hour (a “no storage” number)</option>
      </SelectField>
    </>
  );
}

interface AddNumberFormProps {
  /** Why none was added. */
  error?: string;
  typed?: NumberFieldsProps & { phoneNumberId?: string | undefined };
}

export function AddNumberForm({ error, typed }: AddNumberFormProps) {
  return (
    <section aria-labelledby="add" className="flex flex-col gap-3 px-4">
      <h2 id="add" className="strong">
        Add a number
      </h2>
      <FormError>{error}</FormError>
      <PostForm className="flex max-w-sm flex-col gap-4">
        <TextField
          label="Phone number ID"
          name="phoneNumberId"
          inputMode="numeric"
          maxLength={20}
          autoComplete="off"
          defaultValue={typed?.phoneNumberId}
        />
        <p className="muted text-sm">
          Meta's app dashboard shows it, under WhatsApp, API Setup. It isn't the phone number.
        </p>
        <NumberFields {...typed} />
        <button type="submit" className="button self-start">
          Add the number
        </button>
      </PostForm>
    </section>
  );
}
