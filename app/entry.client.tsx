import { RemixBrowser } from "@remix-run/react";
import { StrictMode, startTransition } from "react";
import { hydrateRoot } from "react-dom/client";
import { withoutFormToken } from "./form-address.ts";

// A browser that runs this sends Origin. The router would take the token into the page's address.
for (const form of document.querySelectorAll("form[action]")) {
  form.setAttribute("action", withoutFormToken(form.getAttribute("action") ?? ""));
}

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  );
});
