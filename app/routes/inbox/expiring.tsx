import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireViewer } from "#app/auth/viewer.server.ts";
import { notFound } from "#app/http/refused-pages.ts";
import { type FilePlace, listUnopenedFiles } from "#app/models/inbox/unopened-files.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { AccountFilter, UnopenedFiles } from "#app/ui/inbox/unopened-files.tsx";

const TITLE = "Files nobody has opened";

export const meta: MetaFunction = () => [{ title: `${TITLE} · Tapview` }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { scope, accounts } = await requireViewer(request, context);
  const query = new URL(request.url).searchParams;
  const account = query.get("account");
  const chosen = accounts.filter(({ id }) => account === null || id === numericId(account));
  if (account !== null && chosen.length === 0) throw notFound();
  const messageId = numericId(query.get("after"));
  const position = numericId(query.get("file")) ?? 0;
  const after = messageId === undefined ? undefined : { messageId, position };
  const now = new Date();
  const accountIds = chosen.map(({ id }) => id);
  const page =
    accountIds.length > 0 && (await listUnopenedFiles(scope, { accountIds, after, now }));
  return {
    ...(page || { files: [], more: null }),
    accounts: accounts.map(({ id, name }) => ({ id, name })),
    account: numericId(account) ?? null,
    isFirst: messageId === undefined,
    now,
    timeZone,
  };
}

export default function Expiring() {
  const { files, more, accounts, account, isFirst, ...clock } = useLoaderData<typeof loader>();
  return (
    <main className="mx-auto flex max-w-3xl flex-col gap-3 py-3">
      <header className="px-4">
        <Link to="/conversations" className="quiet -mx-2">
          Back to the conversations
        </Link>
        <h1 className="mt-2 text-lg strong">{TITLE}</h1>
        {files.length > 0 && (
          <p className="muted">
            WhatsApp keeps a file only for a while. The first to go come first.
          </p>
        )}
      </header>
      {accounts.length > 1 && <AccountFilter accounts={accounts} current={account} />}
      {files.length > 0 ? (
        <UnopenedFiles files={files} {...clock} />
      ) : (
        <p className="muted px-4">{emptyWords(accounts.length, account !== null, isFirst)}</p>
      )}
      <nav aria-label="Pages" className="flex flex-wrap gap-2 px-2">
        {!isFirst && (
          <Link to={pageHref(account)} className="quiet">
            First page
          </Link>
        )}
        {more !== null && (
          <Link to={pageHref(account, more)} className="quiet">
            More files
          </Link>
        )}
      </nav>
    </main>
  );
}

function emptyWords(numbers: number, isFiltered: boolean, isFirst: boolean): string {
  if (numbers === 0) return "You are no member of a number yet. An admin can add you to one.";
  if (!isFirst) return "There are no more files.";
  return isFiltered ? "Every file of this number has been opened." : "Every file has been opened.";
}

function pageHref(account: number | null, after?: FilePlace): string {
  const query = new URLSearchParams();
  if (account !== null) query.set("account", String(account));
  if (after) query.set("after", String(after.messageId));
  if (after?.position) query.set("file", String(after.position));
  return `/expiring?${query}`;
}
