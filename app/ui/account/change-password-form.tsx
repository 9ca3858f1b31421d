import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "#app/auth/new-password.ts";
import { FormError, TextField } from "../page/form-fields.tsx";
import { PostForm } from "../page/post-form.tsx";

/** @param email for the browser's own list of passwords */
export function ChangePasswordForm({ email, error }: { email: string; error: string | undefined }) {
  return (
    <section aria-labelledby="password" className="flex flex-col gap-3">
      <h2 id="password" className="strong">
        Change your password
      </h2>
      <p className="muted">It signs you out everywhere but here.</p>
      <PostForm className="flex max-w-sm flex-col gap-4">
        <FormError>{error}</FormError>
        <input type="text" name="email" value={email} autoComplete="username" readOnly hidden />
        <PasswordField name="current" label="Current password" autoComplete="current-password" />
        <PasswordField
          name="new"
          label={`New password, ${MIN_PASSWORD_LENGTH} characters or more`}
          autoComplete="new-password"
        />
        <PasswordField name="repeated" label="New password again" autoComplete="new-password" />
        <button type="submit" name="intent" value="password" className="button self-start">
          Change the password
        </button>
      </PostForm>
    </section>
  );
}

function PasswordField(props: { name: string; label: string; autoComplete: string }) {
  return <TextField {...props} type="password" maxLength={MAX_PASSWORD_LENGTH} />;
}
