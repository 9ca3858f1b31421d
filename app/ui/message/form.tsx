import type { FormDetails } from "#app/models/messages/details/answer.ts";

/** What a customer filled in. */
export function Form({ form: { title, fields } }: { form: FormDetails }) {
  return (
    <div className="wrap-anywhere">
      <p className="strong">
        {title === null ? "Answered a form" : <bdi className="first-letter:uppercase">{title}</bdi>}
      </p>
      {fields.length === 0 && <p className="muted italic">Its answers can't be read.</p>}
      <dl className="flex flex-col gap-1">
        {fields.map(({ name, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two fields may have one name
          <div key={index}>
            <dt dir="auto" className="muted text-sm first-letter:uppercase">
              {name}
            </dt>
            <dd dir="auto" className="whitespace-pre-wrap">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
