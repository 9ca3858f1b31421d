import type { LoggedRequest } from "#simulator/request-log.ts";
import { type Html, html } from "./html.ts";

export const CLEAR_REQUESTS_PATH = "/_phone/clear-requests";
const SHOWN = 50;

export function requestTable(requests: readonly LoggedRequest[]): Html {
  const newest = requests.slice(-SHOWN).reverse();
  const open = requests.filter(({ outcome }) => outcome === "open").length;
  return html`<section aria-labelledby="requests">
    <h2 id="requests">Requests from the inbox</h2>
    <p class="soft">${requests.length} so far, ${open} still open. <a href="/">Reload</a></p>
    ${newest.length > 0 && table(newest)}
  </section>`;
}

function table(requests: readonly LoggedRequest[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Requests"><table>
    <thead><tr>${[
      "No.",
      "Time",
      "What",
      "Media id",
      "Range",
      "Status",
      "Bytes",
      "Outcome",
      "Fault",
    ].map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
    <tbody>${requests.map(
      (request) => html`<tr>
      <td>${request.sequence}</td>
      <td>${new Date(request.at).toISOString().slice(11, 23)}</td>
      <td>${request.method} ${request.role}</td>
      <td>${request.mediaId}</td>
      <td>${request.range}</td>
      <td>${request.status}</td>
      <td>${request.bytesSent}</td>
      <td>${request.outcome}</td>
      <td>${request.fault}</td>
    </tr>`,
    )}</tbody></table></div>
    <form method="post" action="${CLEAR_REQUESTS_PATH}"><button class="plain">Clear</button></form>`;
}
