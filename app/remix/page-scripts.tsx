import { Scripts } from "@remix-run/react";
import { Children, isValidElement, type ReactElement } from "react";

/**
 * Remix's scripts, with their files asked for by a script and not by <link rel="modulepreload">:
 * browsers follow those also where scripting is off, and load a hundred kilobytes for nothing.
 *
 * Relies on Scripts being a function that can be called within another component, and on what it
 * gives: a fragment with the links, the entry's first, and the scripts behind them; null once the
 * page is hydrated (@remix-run/react 2.17, dist/components.js). React Router 7.18 has the same, with
 * a <script type="importmap"> before the links where subresource integrity is on.
 */
export function PageScripts({ nonce }: { nonce: string | undefined }) {
  // From Vite, the files throw unless what Remix puts before them has run.
  if (import.meta.env.DEV) return <Scripts nonce={nonce} />;
  // Called and not rendered: what it gives is taken apart.
  const given = Scripts({ nonce }) as ReactElement<{ children: React.ReactNode }> | null;
  const parts = Children.toArray(given?.props.children);
  const links = parts.filter(isPreload);
  if (links.length === 0) return given;
  // The entry comes first in the list, and must not run before all else is there.
  const files = links.slice(1).map(({ props }) => `import ${JSON.stringify(props.href)};`);
  return (
    <>
      <script
        nonce={nonce}
        type="module"
        async
        suppressHydrationWarning
        // biome-ignore lint/security/noDangerouslySetInnerHtml: addresses of the build's own files
        dangerouslySetInnerHTML={{ __html: files.join("") }}
      />
      {parts.filter((part) => !isPreload(part))}
    </>
  );
}

function isPreload(part: React.ReactNode): part is ReactElement<{ rel: string; href: string }> {
  return isValidElement<{ rel?: string }>(part) && part.props.rel === "modulepreload";
}
