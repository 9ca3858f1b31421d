import type { ComponentProps, ReactNode } from "react";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "#app/auth/new-password.ts";

/** One line of text, with its label. */
export function TextField({ label, ...input }: { label: string } & ComponentProps<"input">) {
  return (
    <label className="flex flex-col gap-1 medium">
      {label}
      <input className="field" required {...input} />
    </label>
  );
}

/** One of several, with its label. */
export function SelectField({ label, ...select }: { label: string } & ComponentProps<"select">) {
  return (
    <label className="flex flex-col gap-1 medium">
      {label}
      <select className="field" {...select} />
    </label>
  );
}

/** @param words of each value, in the order of the list */
export function Options({ words }: { words: Record<string, string> }) {
  return Object.entries(words).map(([value, text]) => (
    <option key={value} value={value}>
      {text}
    </option>
  ));
}

/** A password that somebody chooses, twice. */
export function NewPasswordFields() {
  const input = {
    type: "password",
    autoComplete: "new-password",
    minLength: MIN_PASSWORD_LENGTH,
    maxLength: MAX_PASSWORD_LENGTH,
  } as const;
  return (
    <>
      <TextField
        label={`New password, ${MIN_PASSWORD_LENGTH} characters or more`}
        name="password"
        {...input}
      />
      <TextField label="The same password again" name="repeated" {...input} />
    </>
  );
}

/** Why nothing was changed. */
export function FormError({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <p role="alert" className="failed">
      {children}
    </p>
  );
}

/** What was changed. */
export function DoneNotice({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <p role="status" className="notice">
      {children}
    </p>
  );
}
