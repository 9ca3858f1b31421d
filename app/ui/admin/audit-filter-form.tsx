import { Form, Link } from "@remix-run/react";
import type { AuditFields } from "#app/admin/audit-filter.server.ts";

interface Choice {
  value: string;
  title: string;
}

interface AuditFilterFormProps {
  fields: AuditFields;
  problems: string[];
  people: { id: number; name: string; isActive: boolean }[];
  /** Groups of kinds, each of which can be chosen as a whole. */
  choices: (Choice & { kinds: Choice[] })[];
}

const LABEL = "flex flex-1 flex-col gap-1 medium";

/** What the page of the audit log shows, as a plain form that asks. */
export function AuditFilterForm({ fields, problems, people, choices }: AuditFilterFormProps) {
  return (
    // A new one with each filter, so that its fields say what is shown.
    <Form key={JSON.stringify(fields)} action="/admin/audit" className="flex flex-col gap-3 px-4">
      {problems.length > 0 && (
        <div role="alert" className="failed">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <label className={LABEL}>
          Kind
          <select name="kind" className="field" defaultValue={fields.kind}>
            <option value="">All kinds</option>
            {choices.map(({ value, title, kinds }) => (
              <optgroup key={value} label={title}>
                <option value={value}>{kinds.length > 0 ? `${title}: all` : title}</option>
                {kinds.map((kind) => (
                  <option key={kind.value} value={kind.value}>
                    {kind.title}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        <label className={LABEL}>
          Person
          <select name="person" className="field" defaultValue={fields.person}>
            <option value="">Everybody</option>
            {people.map(({ id, name, isActive }) => (
              <option key={id} value={id}>
                {isActive ? name : `${name} (deactivated)`}
              </option>
            ))}
          </select>
        </label>
        <label className={LABEL}>
          From
          <input name="from" type="date" className="field" defaultValue={fields.from} />
        </label>
        <label className={LABEL}>
          To
          <input name="to" type="date" className="field" defaultValue={fields.to} />
        </label>
      </div>
      <p className="flex flex-wrap items-center gap-2">
        <button type="submit" className="button">
          Show
        </button>
        {Object.values(fields).some(Boolean) && (
          <Link to="/admin/audit" className="quiet">
            Show everything
          </Link>
        )}
      </p>
    </Form>
  );
}
