import { cleanup, render, screen } from "@testing-library/react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, describe, expect, it } from "vitest";
import { RefusedTokens } from "./refused-tokens.tsx";

afterEach(cleanup);

const NOW = new Date(Date.UTC(2026, 10, 22, 15, 0));
const support = {
  phoneNumberId: "106540352242922",
  name: "Acme Support",
  since: new Date(Date.UTC(2026, 10, 22, 14, 3)),
  reason: "HTTP 401, code 190/463",
};
const show = (...accounts: (typeof support)[]) =>
  render(<RefusedTokens accounts={accounts} now={NOW} timeZone="UTC" />);
const text = () => screen.getByRole("status").textContent;

describe("RefusedTokens", () => {
  it("F30 names the number, since when, what it means, what to do, and WhatsApp's answer", () => {
    show(support);
    expect(text()).toContain(
      "WhatsApp refuses the access token of Acme Support since 14:03. Its files can't be opened until the token is replaced.",
    );
    expect(text()).toContain(
      "WHATSAPP_ACCESS_TOKEN_106540352242922. WhatsApp's answer: HTTP 401, code 190/463.",
    );
  });

  it("is not there when all is well", () => {
    expect(show().container.innerHTML).toBe("");
  });

  it("names the day, when it was another", () => {
    show({ ...support, since: new Date(Date.UTC(2026, 10, 20, 9, 30)) });
    expect(text()).toContain("since 20 Nov, 09:30.");
  });

  it("names three numbers at most, and counts the others", () => {
    const numbers = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ ...support, phoneNumberId: `10654${i}` }));
    show(...numbers(4));
    expect(text()).toContain("The same is true of 1 more number.");
    cleanup();
    show(...numbers(42));
    expect(text()).toContain("The same is true of 39 more numbers.");
    expect(text()?.match(/Acme Support/g)).toHaveLength(3);
  });

  it("F64 keeps markup in a number's name inert", () => {
    const accounts = [{ ...support, name: "<img src=x onerror=alert(1)>" }];
    const html = renderToStaticMarkup(
      <RefusedTokens {...{ accounts, now: NOW, timeZone: "UTC" }} />,
    );
    expect(html).not.toContain("<img");
  });
});
