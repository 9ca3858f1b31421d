import fc from "fast-check";

/** Values that no webhook should hold, as JSON.parse would give them. */
const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e300, 2 ** 60, "", "\u0000", "\ud83d", [], {}, [[]]),
  fc.constantFrom<unknown>("x".repeat(10_000), '{"from":1}', "15550100001", "image", "constructor"),
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .integer({ min: 60, max: 500 })
    .map((depth) => JSON.parse(`${"[".repeat(depth)}${"]".repeat(depth)}`)),
);

const oddKey = fc.constantFrom("__proto__", "constructor", "toString", "toJSON", "then", "a\u0000");

/** A JSON value with a few of its parts replaced, removed or added to. */
export function oddJson(value: unknown, maxMutations = 4): fc.Arbitrary<unknown> {
  const mutation = fc.record({
    place: fc.nat(),
    how: fc.constantFrom("replace", "remove", "add"),
    value: oddValue,
    key: oddKey,
  });
  return fc.array(mutation, { minLength: 1, maxLength: maxMutations }).map((mutations) => {
    const root: Container = { value: structuredClone(value) };
    for (const { place, how, key, value: odd } of mutations) {
      const value = structuredClone(odd);
      const all = places(root);
      const [parent, name] = all[place % all.length] ?? [root, "value"];
      const target = how === "add" ? parent[name] : undefined;
      if (how === "remove") delete parent[name];
      else if (Array.isArray(target)) target.push(value);
      else if (isContainer(target)) define(target, key, value);
      else parent[name] = value;
    }
    return root.value ?? null;
  });
}

type Container = Record<string, unknown>;

function places(root: Container): [Container, string][] {
  const found: [Container, string][] = [];
  const open: Container[] = [root];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const [key, child] of Object.entries(next)) {
      if (found.length < 1000) found.push([next, key]);
      if (isContainer(child) && found.length < 1000) open.push(child);
    }
  }
  return found;
}

function isContainer(value: unknown): value is Container {
  return typeof value === "object" && value !== null;
}

/** As JSON.parse does: a key named __proto__ is a key. */
function define(target: Container, key: string, value: unknown): void {
  const how = { value, enumerable: true, writable: true, configurable: true };
  Object.defineProperty(target, key, how);
}
