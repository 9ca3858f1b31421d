import type { Tab } from "#browsers/drivers/browser.ts";
import { waitFor } from "./wait.ts";

const PASSWORD = "demo-password";

/** Signs a seeded person in by the form, as any browser can. */
export async function signIn(tab: Tab, url: string, email = "agent@acme.test"): Promise<void> {
  await tab.goto(`${url}/login`);
  await tab.evaluate(
    (fields) => {
      for (const [name, value] of fields) {
        const input = document.querySelector<HTMLInputElement>(`input[name="${name}"]`);
        if (!input) throw new Error(`The form has no ${name}.`);
        input.value = value;
      }
    },
    [
      ["email", email],
      ["password", PASSWORD],
    ] as const,
  );
  await tab.click('form:has(input[name="password"]) button');
  await waitFor("The page after signing in", () =>
    tab.evaluate(() => location.pathname !== "/login" && document.readyState !== "loading", null),
  );
}
