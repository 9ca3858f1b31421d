/**
 * Writes JSON as Meta does on the wire: `/` as `\/`, all that isn't ASCII as `\uXXXX`. What is
 * escaped already stays as it is.
 */
export function escapeLikeMeta(json: string): string {
  return json.replace(/\\[\s\S]|\/|[\u007f-\uffff]/g, (found) => {
    if (found.startsWith("\\")) return found;
    if (found === "/") return "\\/";
    return `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
