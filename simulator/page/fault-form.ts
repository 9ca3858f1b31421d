import { downloadFaults } from "#simulator/faults/download.ts";
import { lookupFaults } from "#simulator/faults/lookup.ts";
import type { Fault } from "#simulator/faults/parse.ts";
import { isForAll, type PlannedFault } from "#simulator/faults/plan.ts";
import { sendFaults } from "#simulator/faults/send.ts";
import { uploadFaults } from "#simulator/faults/upload.ts";
import { type Html, html } from "./html.ts";

export const FAULTS_PATH = "/_phone/faults";

/** What a fault can be set for here. */
export const HOPS = ["lookup", "download", "send", "upload"] as const satisfies Fault["on"][];

export function faultForm(faults: readonly PlannedFault[]): Html {
  return html`<section aria-labelledby="faults">
    <h2 id="faults">What goes wrong</h2>
    <p class="soft">For every file and message, until you switch it off. Tests set faults for single ones.</p>
    <form method="post" action="${FAULTS_PATH}">
      ${choices("lookup", "Looking a file up at Graph", lookupFaults, faults)}
      ${choices("download", "Downloading it", downloadFaults, faults)}
      ${choices("send", "Taking a message from the inbox", sendFaults, faults)}
      ${choices("upload", "Taking a file from the inbox", uploadFaults, faults)}
      <button>Set faults</button>
    </form>
  </section>`;
}

function choices(
  on: Fault["on"],
  legend: string,
  table: Record<string, { title: string }>,
  faults: readonly PlannedFault[],
): Html {
  const own = faults.filter((one) => one.on === on);
  const chosen = own.find(isForAll)?.kind ?? "none";
  const special = own.filter((one) => !isForAll(one)).length;
  return html`<fieldset><legend>${legend}</legend>
    ${special > 0 && html`<p class="soft">${special} more for single ones.</p>`}
    <div class="choices">${Object.entries(table).map(
      ([kind, { title }]) =>
        html`<label><input type="radio" name="${on}" value="${kind}"${
          kind === chosen && html` checked`
        }> <span>${kind} <span class="soft">${title}</span></span></label>`,
    )}</div></fieldset>`;
}
