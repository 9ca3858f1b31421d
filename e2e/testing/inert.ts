import { expect, type Frame, type Page } from "@playwright/test";
import { onPageError } from "./page-errors.ts";
import { CANARY_TAG } from "./xss-payloads.ts";

/** Where pages of ours lead a browser by themselves. */
const OWN_PATHS =
  /^\/(assets\/|favicon\.svg$|conversations|account$|admin\/|expiring$|events$|__manifest$|media\/|login$|lite$|nowhere)/;

/** What a page must not do, whatever its text is. */
export interface Watch {
  /** What was seen so far, in words. */
  seen: string[];
  /** Whether the page runs scripts. */
  scripted: boolean;
}

/**
 * Notes each dialog, refused script or style, request that isn't one of ours and window of a
 * page from now on.
 */
export async function watch(page: Page, origin: string, scripted: boolean): Promise<Watch> {
  const seen: string[] = [];
  await page.exposeFunction("noteViolation", (what: string) => seen.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sample } = event;
      const { noteViolation } = window as unknown as { noteViolation(what: string): void };
      noteViolation(`violation of ${effectiveDirective}: ${blockedURI} ${sample}`);
    });
  });
  page.on("dialog", async (dialog) => {
    seen.push(`dialog ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) seen.push(message.text());
  });
  onPageError(page, (message) => seen.push(`error ${message}`));
  page.on("popup", (popup) => seen.push(`window ${popup.url()}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin || !OWN_PATHS.test(url.pathname)) seen.push(`request ${url.href}`);
  });
  return { seen, scripted };
}

/** Fails unless a page, as the browser took it, is made of our own elements, and nothing happened. */
export async function expectInert(page: Page, { seen }: Watch): Promise<void> {
  for (const frame of page.frames()) {
    expect.soft(await strangers(frame), page.url()).toEqual([]);
  }
  expect.soft(seen.splice(0), page.url()).toEqual([]);
}

/** The elements of a page, or of a frame in it, that we would never write, shortened. */
function strangers(frame: Frame): Promise<string[]> {
  return frame.evaluate(
    ({ tag }) => {
      // The browser's own page around it.
      if (document.contentType === "text/plain") return [];
      const ownFrame =
        '<!doctype html><html lang="en"><head><link rel="stylesheet" href="/assets/app-';
      const never = `${tag}, [id^=canary], [name^=canary], [data-canary], [style], [srcdoc]:not([srcdoc^='${ownFrame}']), [formaction], base, object, embed, portal, svg, math, style, template, dialog, frame, marquee, xmp, plaintext, meta[http-equiv]`;
      const isStrange = (element: Element) =>
        element.matches(never) ||
        element.getAttributeNames().some((name) => /^on|canary|[^a-z:-]/i.test(name)) ||
        [...addressesOf(element)].some((address) => !isOurs(element, address)) ||
        (element instanceof HTMLScriptElement && !element.nonce);
      const addressesOf = (element: Element) =>
        ["href", "src", "action", "xlink:href", "poster", "srcset"]
          .map((name) => element.getAttribute(name))
          .filter((address) => address !== null);
      const isOurs = (element: Element, address: string) => {
        const { protocol, origin } = new URL(address, document.baseURI);
        if (origin === new URL(document.baseURI).origin) return true;
        if (!(element instanceof HTMLAnchorElement)) return false;
        const isWeb = protocol === "http:" || protocol === "https:";
        return isWeb
          ? element.relList.contains("noreferrer")
          : ["tel:", "mailto:", "geo:"].includes(protocol);
      };
      return [...document.querySelectorAll("*")]
        .filter(isStrange)
        .map((element) => element.outerHTML.slice(0, 300));
    },
    { tag: CANARY_TAG },
  );
}
