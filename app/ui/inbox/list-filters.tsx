import { Form, Link, useSubmit } from "@remix-run/react";
import { useEffect, useRef } from "react";
import { type ListParameters, listHref } from "#app/inbox/list-parameters.ts";
import { SEARCH_CHARACTERS } from "#app/models/search/search-words.ts";
import { WithoutScript } from "../page/without-script.tsx";
import { unreadTally } from "../words/inbox-title.ts";

export interface ListFiltersProps {
  parameters: ListParameters;
  /** Our numbers that can be chosen from. */
  accounts: { id: number; name: string }[];
  unread: number;
  /** Of the page that the list stands on. */
  path: string;
}

/** What the list is about: a search, one number, what is unread. A plain form and links. */
export function ListFilters({ parameters, accounts, unread, path }: ListFiltersProps) {
  const { q = "", account } = parameters;
  const field = useValue<HTMLInputElement>(q);
  return (
    <Form role="search" action={path} className="flex flex-col gap-2 px-4 pb-2">
      <div className="flex gap-2">
        <input
          ref={field}
          className="field min-w-0 flex-1"
          type="search"
          name="q"
          aria-label="Search"
          placeholder="Name, number or words"
          defaultValue={q}
          maxLength={SEARCH_CHARACTERS}
          autoComplete="off"
        />
        <button type="submit" className="button flex items-center">
          <span className="icon icon-search" aria-hidden="true" />
          <span className="sr-only">Search</span>
        </button>
      </div>
      <div className="flex flex-wrap items-center gap-1">
        {q ? (
          <Link to={listHref(path, { account })} className="quiet -ml-2 text-sm">
            All conversations
          </Link>
        ) : (
          <UnreadChips {...{ parameters, unread, path }} />
        )}
        {accounts.length > 1 && <AccountChoice {...{ accounts, account }} />}
      </div>
      {parameters.unread && <input type="hidden" name="unread" value="1" />}
    </Form>
  );
}

function UnreadChips({ parameters, unread, path }: Omit<ListFiltersProps, "accounts">) {
  const { account, unread: unreadOnly } = parameters;
  return (
    <>
      <Link
        to={listHref(path, { account })}
        className="chip"
        aria-current={unreadOnly ? undefined : "true"}
      >
        All
      </Link>
      <Link
        to={listHref(path, { account, unread: true })}
        className="chip"
        aria-current={unreadOnly ? "true" : undefined}
      >
        Unread{unread > 0 && ` (${unreadTally(unread)})`}
      </Link>
    </>
  );
}

/** Without JavaScript it takes a button; with it, a choice is enough. */
function AccountChoice(props: {
  accounts: ListFiltersProps["accounts"];
  account: number | undefined;
}) {
  const submit = useSubmit();
  const value = `${props.account ?? ""}`;
  const field = useValue<HTMLSelectElement>(value);
  return (
    <>
      <select
        ref={field}
        name="account"
        aria-label="Number"
        className="chip ml-auto max-w-36 cursor-pointer truncate"
        defaultValue={value}
        onChange={(event) => submit(event.currentTarget.form)}
      >
        <option value="">All numbers</option>
        {props.accounts.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <WithoutScript>
        <button type="submit" className="chip cursor-pointer">
          Show
        </button>
      </WithoutScript>
    </>
  );
}

/** A field that follows the address when that changes, but for what a person is about to change in it. */
function useValue<Field extends HTMLElement & { value: string }>(value: string) {
  const field = useRef<Field>(null);
  const before = useRef(value);
  useEffect(() => {
    if (before.current === value) return;
    before.current = value;
    if (field.current && field.current !== document.activeElement) field.current.value = value;
  }, [value]);
  return field;
}
