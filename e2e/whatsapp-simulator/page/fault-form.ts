import { downloadFaults } from "../faults/download.ts";
import { lookupFaults } from "../faults/lookup.ts";
import type { PlannedFault } from "../faults/plan.ts";
import type { Role } from "../request-log.ts";
import { type Html, html } from "./html.ts";

export const FAULTS_PATH = "/_phone/faults";

export function faultForm(faults: readonly PlannedFault[]): Html {
  return html`<section aria-labelledby="faults">
    <h2 id="faults">What goes wrong</h2>
    <p class="soft">For every file, until you switch it off. Tests set faults for single files.</p>
    <form method="post" action="${FAULTS_PATH}">
      ${choices("lookup", "Looking a file up at Graph", lookupFaults, faults)}
      ${choices("download", "Downloading it", downloadFaults, faults)}
      <button>Set faults</button>
    </form>
  </section>`;
}

function choices(
  on: Role,
  legend: string,
  table: Record<string, { title: string }>,
  faults: readonly PlannedFault[],
): Html {
  const general = faults.find((one) => one.on === on && one.mediaId === undefined);
  const chosen = general?.kind ?? "none";
  const special = faults.filter((one) => one.on === on && one.mediaId !== undefined).length;
  return html`<fieldset><legend>${legend}</legend>
    ${special > 0 && html`<p class="soft">${special} more for single files.</p>`}
    <div class="choices">${Object.entries(table).map(
      ([kind, { title }]) =>
        html`<label><input type="radio" name="${on}" value="${kind}"${
          kind === chosen && html` checked`
        }> <span>${kind} <span class="soft">${title}</span></span></label>`,
    )}</div></fieldset>`;
}
