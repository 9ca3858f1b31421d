/** Text whose parts between U+0002 and U+0003 are marked. */
export function Snippet({ marked }: { marked: string }) {
  const [before, ...parts] = marked.split("\u0002");
  return (
    <>
      {before}
      {parts.map((part, index) => {
        const [found, ...after] = part.split("\u0003");
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name
          <span key={index}>
            <mark>{found}</mark>
            {after}
          </span>
        );
      })}
    </>
  );
}
