import { expect, it } from "vitest";
import { csrfTokenIn, withCsrfToken, withoutCsrfToken } from "./form-address.ts";

const TOKEN = "b2R4bGJmcW1-_XhjdnJ0eXVpb3Bhc2RmZ2hqa2x6eGM".slice(0, 43);

it.each([
  ["", `?form=${TOKEN}`],
  ["/logout", `/logout?form=${TOKEN}`],
  ["?q=a%20b&reveal=5", `?q=a%20b&reveal=5&form=${TOKEN}`],
])("a token joins the address %j and leaves it as it was", (address, joined) => {
  expect(withCsrfToken(address, TOKEN)).toBe(joined);
  expect(csrfTokenIn(joined)).toBe(TOKEN);
  expect(withoutCsrfToken(joined)).toBe(address);
});

it.each(["/a?form=short", "/a?platform=1", `/a?form=${TOKEN}&b=1`, `/a/form=${TOKEN}`])(
  "%s has none, and is left alone",
  (address) => {
    expect(csrfTokenIn(address)).toBeUndefined();
    expect(withoutCsrfToken(address)).toBe(address);
  },
);
