import { createContext, type ReactElement } from "react";

/**
 * What only the server's rendering has: the answer's CSP nonce, and a way to write markup into an
 * attribute. In the browser both are missing.
 */
export const ServerRender = createContext<{
  nonce?: string;
  renderToStaticMarkup?: (element: ReactElement) => string;
}>({});
