import type { ServerResponse } from "node:http";

const ONE_YEAR_S = 365 * 24 * 60 * 60;

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  // Not no-referrer: under it a browser posts "Origin: null" to our own forms.
  "Referrer-Policy": "same-origin",
  // Not DENY: a conversation frames its own media view.
  "X-Frame-Options": "SAMEORIGIN",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
};

/** Sets what every answer carries, before anything else does: what a route sends replaces it. */
export function setSecurityHeaders(res: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
}

/** Tells browsers that came over https to come over nothing else. */
export function setTransportSecurity(res: ServerResponse, protocol: string): void {
  if (protocol === "https:") {
    res.setHeader("Strict-Transport-Security", `max-age=${ONE_YEAR_S}`);
  }
}
