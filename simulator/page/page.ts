import type { World } from "#simulator/world.ts";
import { chatList } from "./chat-list.ts";
import { faultForm } from "./fault-form.ts";
import { type Html, html } from "./html.ts";
import { requestTable } from "./request-table.ts";
import { type Result, resultView } from "./result.ts";
import { sendForm } from "./send-form.ts";
import { styles } from "./styles.ts";

/** @returns the first page as HTML: all chats, a new message, the faults and the request log */
export function phonePage(world: World, result: Result | undefined): string {
  return page(
    "Customers' phones",
    html`<header>
    <h1>Customers' phones</h1>
    <p class="soft">Simulated WhatsApp. Messages go to ${world.webhookUrl ?? "no webhook yet"}.</p>
  </header>
  ${resultView(result)}
  ${sendForm()}
  ${chatList(world.chats.list())}
  ${faultForm(world.faults.list())}
  ${requestTable(world.requests.list())}`,
  );
}

/** A whole page, which needs no script. */
export function page(title: string, content: Html): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>${title}</title>
<style>${styles}</style>
</head>
<body><main>
  ${content}
</main></body>
</html>
`.text;
}
