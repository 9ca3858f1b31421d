import type { ReactNode } from "react";

/**
 * A page of a few lines or fields, in the middle of the screen.
 *
 * @param props.className its height and gaps, where they are not those of a form that fills the screen
 */
export function CentredPage(props: { className?: string; children: ReactNode }) {
  const { className = "min-h-dvh gap-6", children } = props;
  return (
    <main
      className={`mx-auto flex max-w-sm flex-col justify-center px-5 py-10 wrap-anywhere ${className}`}
    >
      {children}
    </main>
  );
}
