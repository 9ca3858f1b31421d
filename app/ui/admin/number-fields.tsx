import { SelectField, TextField } from "../page/form-fields.tsx";

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
