/**
 * For what is refused or hidden: whether a request's path lies at or below what stands before the
 * first parameter of one of these paths. Wide on purpose, so that no odd way to write a path leads
 * past a wall: case, repeated slashes and encoded ones are ignored, the first as the router does.
 *
 * @param paths as in app/http/route-traits.ts
 * @returns takes the decoded segments of a request's path
 */
export function belowAny(paths: string[]): (segments: string[]) => boolean {
  const beginnings = paths.map((path) => `${fixedBeginning(path)}/`);
  return (segments) => {
    const path = `/${segments.join("/")}/`.toLowerCase().replace(/\/{2,}/g, "/");
    return beginnings.some((beginning) => path.startsWith(beginning));
  };
}

/** @returns what stands before a path's first parameter, without a slash at its end, in lower case */
export function fixedBeginning(path: string): string {
  return path.replace(/\/[:*].*$/, "").toLowerCase();
}

/**
 * For what is allowed more than others: whether a request's path is one of these, in any case, with
 * one segment in the place of a parameter.
 *
 * @param paths as in app/http/route-traits.ts
 * @returns takes the decoded segments of a request's path
 */
export function matchesAny(paths: string[]): (segments: string[]) => boolean {
  const patterns = paths.map((path) => path.toLowerCase().split("/").filter(Boolean));
  return (segments) =>
    patterns.some(
      (pattern) =>
        pattern.length === segments.length &&
        pattern.every((part, at) => part.startsWith(":") || part === segments[at]?.toLowerCase()),
    );
}
