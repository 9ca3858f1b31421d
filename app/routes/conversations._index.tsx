import type { MetaFunction } from "@remix-run/node";

export const meta: MetaFunction = () => [{ title: "Conversations · Tapview" }];

export default function NoConversation() {
  return (
    <main className="hidden items-center justify-center text-slate-500 md:flex dark:text-slate-400">
      <p>Choose a conversation.</p>
    </main>
  );
}
