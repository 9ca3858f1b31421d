import { createContext, type ReactElement } from "react";

/** Why a page carries no script: its reader chose so, their browser saves data, or it never does. */
export type Lite = "chosen" | "save-data" | "always";

/**
 * What only the server's rendering has: the answer's CSP nonce, whether the page goes out without
 * a script, or with one that asks for the page's data, the address of a form for browsers that need
 * a token in it, and a way to write markup into an attribute. In the browser all are missing.
 */
export const ServerRender = createContext<{
  nonce?: string;
  lite?: Lite | undefined;
  asksForHandoff?: boolean;
  formAddress?: ((path?: string) => string) | undefined;
  renderToStaticMarkup?: (element: ReactElement) => string;
}>({});
