import type { App } from "#tests/support/app/app.ts";

const ACME_SUPPORT = "106540352242922";

let sender = 15550111000;

/** Somebody new, who writes to Acme Support. */
export function someone(app: App) {
  const from = `${++sender}`;
  const name = `Sender ${from}`;
  const says = (text: string) =>
    app.simulator.sendMessage({ kind: "text", to: ACME_SUPPORT, from, name, text });
  return { from, name, says };
}
