/** What the browsers are called in tables and options. */
export const BROWSER_NAMES = ["Chromium", "Firefox", "WebKitGTK"] as const;
export type BrowserName = (typeof BROWSER_NAMES)[number];

/** A browser of this machine, started without a window that anybody sees. */
export interface Browser {
  name: BrowserName;
  version: string;
  /** A new tab; cookies are the browser's, so one tab's sign-in holds for the next. */
  open(): Promise<Tab>;
  close(): Promise<void>;
}

/** A page of a browser. */
export interface Tab {
  /** Waits until the page has been parsed and its scripts have run. */
  goto(url: string): Promise<void>;
  /** Clicks the first element as a person does: the page may play sound afterwards. */
  click(selector: string): Promise<void>;
  /**
   * Runs a function in the page and waits for its promise. Its source alone travels: it sees
   * nothing but its argument and the page, and holds no named function.
   */
  evaluate<Argument, Answer>(
    run: (argument: Argument) => Answer | Promise<Answer>,
    argument: Argument,
  ): Promise<Answer>;
  close(): Promise<void>;
}
