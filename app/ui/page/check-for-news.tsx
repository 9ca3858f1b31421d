import { WithoutScript } from "./without-script.tsx";

/** For pages that don't update by themselves: loads the page anew. */
export function CheckForNews({ href }: { href: string }) {
  return (
    <WithoutScript>
      <a className="quiet" href={href}>
        Check for new messages
      </a>
    </WithoutScript>
  );
}
