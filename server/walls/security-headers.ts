import type { ServerResponse } from "node:http";

const ONE_YEAR_S = 365 * 24 * 60 * 60;

/** What a page could ask a browser for, and ours never do. */
const UNUSED_FEATURES = [
  "accelerometer",
  "autoplay",
  "browsing-topics",
  "camera",
  "clipboard-read",
  "clipboard-write",
  "compute-pressure",
  "display-capture",
  "encrypted-media",
  "gamepad",
  "geolocation",
  "gyroscope",
  "hid",
  "identity-credentials-get",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "microphone",
  "midi",
  "otp-credentials",
  "payment",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "screen-wake-lock",
  "serial",
  "storage-access",
  "usb",
  "window-management",
  "xr-spatial-tracking",
];
/** The browser's own video player offers them. */
const PLAYER_FEATURES = ["fullscreen", "picture-in-picture"];

/** On every answer. What a page, a frame or a file needs beyond them, it says itself. */
export const SECURITY_HEADERS = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "X-Frame-Options": "DENY",
  // What may be kept says so itself: also what Remix answers for us is for one person.
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  // Not no-referrer: under it a browser posts "Origin: null" to our own forms.
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Origin-Agent-Cluster": "?1",
  "X-Permitted-Cross-Domain-Policies": "none",
  "Permissions-Policy": [
    ...UNUSED_FEATURES.map((feature) => `${feature}=()`),
    ...PLAYER_FEATURES.map((feature) => `${feature}=(self)`),
  ].join(", "),
};

/** Sets what every answer carries, before anything else does: what a route sends replaces it. */
export function setSecurityHeaders(res: ServerResponse): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) res.setHeader(name, value);
}

/**
 * Tells browsers that came over https to come over nothing else. Only to this host: an installation
 * on a company's main domain must not shut others out who still serve plain http below it, and the
 * `__Host-` cookies need no more.
 */
export function setTransportSecurity(res: ServerResponse, protocol: string): void {
  if (protocol === "https:") {
    res.setHeader("Strict-Transport-Security", `max-age=${ONE_YEAR_S}`);
  }
}
