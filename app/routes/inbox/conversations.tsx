import { data, type LoaderFunctionArgs } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, Outlet, useLoaderData, useParams } from "@remix-run/react";
import { useMemo } from "react";
import { requireViewer } from "#app/auth/viewer.server.ts";
import { listParameters, loadList } from "#app/inbox/list.server.ts";
import { loadListWithRetries } from "#app/live/retrying-loader.ts";
import { refusedAccounts } from "#app/models/numbers/reachable-accounts.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { InboxLayout } from "#app/ui/inbox/inbox-layout.tsx";
import { packConversations, unpackConversations } from "#app/ui/page/packing.ts";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { role, name, companyName, expiringFiles } = viewer;
  const parameters = listParameters(new URL(request.url).searchParams, viewer);
  const refused = role === "admin" ? refusedAccounts(viewer.accounts) : [];
  const accounts = viewer.accounts.map(({ id, name }) => ({ id, name }));
  const list = await loadList(viewer, parameters);
  const loaded = {
    ...list,
    conversations: packConversations(list.conversations),
    accounts,
    role,
    parameters,
    refused,
    name,
    companyName,
    expiringFiles,
    now: new Date(),
    timeZone,
  };
  return data(loaded, { status: list.tookTooLong ? 503 : 200 });
}

export function clientLoader({ request, serverLoader }: ClientLoaderFunctionArgs) {
  return loadListWithRetries(request, () => serverLoader<typeof loader>());
}

export { RouteError as ErrorBoundary } from "#app/ui/page/route-error.tsx";

export default function Conversations() {
  const loaded = useLoaderData<typeof loader>();
  const conversations = useMemo(
    () => unpackConversations(loaded.conversations),
    [loaded.conversations],
  );
  return (
    <InboxLayout
      list={{ ...loaded, conversations }}
      loaded={loaded}
      current={numericId(useParams().conversationId)}
    >
      <Outlet />
    </InboxLayout>
  );
}
