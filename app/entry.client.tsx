import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { withoutCsrfToken } from "#app/http/form-address.ts";
import { receiveHandoff } from "#app/http/handoff.ts";

// Without its data the page stays as the server made it: its links and forms need no script.
if (await receiveHandoff()) {
  // A browser that runs this sends Origin. The router would take the token into the page's address.
  for (const form of document.querySelectorAll("form[action]")) {
    form.setAttribute("action", withoutCsrfToken(form.getAttribute("action") ?? ""));
  }

  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <RemixBrowser />
      </StrictMode>,
    );
  });
}
