import type { Page } from "@playwright/test";

/**
 * Hears the errors of a page's scripts that nobody caught, and with `console` what is written there
 * as an error, but for a cancelled reload: a click that outruns a reload has Remix cancel it, and
 * its decoder (turbo-stream) leaves two promises without anybody who hears of it, or writes their
 * error to the console.
 */
export function onPageError(
  page: Page,
  note: (message: string) => void,
  { console = false } = {},
): void {
  const hear = (message: string) => {
    if (!/^(AbortError: )?signal is aborted/.test(message)) note(message);
  };
  page.on("pageerror", ({ message }) => hear(message));
  if (!console) return;
  page.on("console", (message) => {
    if (message.type() === "error") hear(message.text());
  });
}
