import type { World } from "../world.ts";
import { faultForm } from "./fault-form.ts";
import { html } from "./html.ts";
import { requestTable } from "./request-table.ts";
import { sendForm } from "./send-form.ts";
import { styles } from "./styles.ts";

/** What came of the last form. */
export interface Result {
  fine: boolean;
  text: string;
}

/** @returns the whole page as HTML */
export function phonePage(world: World, result: Result | undefined): string {
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>A customer's phone</title>
<style>${styles}</style>
</head>
<body><main>
  <header>
    <h1>A customer's phone</h1>
    <p class="soft">Simulated WhatsApp. Messages go to ${world.webhookUrl ?? "no webhook yet"}.</p>
  </header>
  ${
    result &&
    html`<section class="${result.fine ? "result" : "result bad"}" role="status">${result.text}</section>`
  }
  ${sendForm()}
  ${faultForm(world.faults.list())}
  ${requestTable(world.requests.list())}
</main></body>
</html>
`.text;
}
