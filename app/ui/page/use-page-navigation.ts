import { useNavigate, useSubmit } from "@remix-run/react";
import type { FormEvent, MouseEvent } from "react";

/**
 * In a hydrated page, has the plain links and forms within an element change the page in place, so
 * that a draft stays. Without a script they are links and forms: they carry nothing for this.
 */
export function usePageNavigation() {
  const navigate = useNavigate();
  const submit = useSubmit();
  return {
    onClick(event: MouseEvent) {
      const link = (event.target as Element).closest("a");
      const href = link?.getAttribute("href");
      const isForBrowser = event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0;
      if (event.defaultPrevented || isForBrowser || !href || link?.target) return;
      if (!href.startsWith("?") && !href.startsWith("/conversations")) return;
      event.preventDefault();
      navigate(href, { preventScrollReset: true });
    },
    onSubmit(event: FormEvent) {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const { submitter } = event.nativeEvent as SubmitEvent;
      submit((submitter ?? event.target) as HTMLButtonElement, { preventScrollReset: true });
    },
  };
}
