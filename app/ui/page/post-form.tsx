import { type ComponentProps, useContext } from "react";
import { ServerRender } from "./server-render.ts";

/** A plain form that changes something, which every browser may send. */
export function PostForm({ action, ...rest }: ComponentProps<"form">) {
  return <form method="post" {...rest} action={usePostAddress(action)} />;
}

/**
 * Where a form posts to.
 *
 * @param path undefined for the page's own address
 * @returns the same, but in pages for browsers that need it with a token (app/auth/csrf-token.server.ts)
 */
export function usePostAddress(path?: string): string | undefined {
  return useContext(ServerRender).formAddress?.(path) ?? path;
}
