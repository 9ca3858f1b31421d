const AT_ONCE = 6;

/** Does something with each of many items, a few at a time. */
export async function inParallel<T>(
  items: readonly T[],
  act: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const left = items.entries();
  const work = async () => {
    for (const [index, item] of left) await act(item, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
