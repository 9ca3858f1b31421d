import routes from "#app/routes.ts";

type Route = (typeof routes)[number];

export interface Path {
  path: string;
  /** Of its routes: a layout's index stands where the layout does. */
  ids: string[];
}

/** @returns the paths of app/routes.ts */
export function routePaths(): Path[] {
  const paths = new Map<string, string[]>();
  collect(routes, "", paths);
  return [...paths].map(([path, ids]) => ({ path, ids }));
}

function collect(entries: Route[], parent: string, paths: Map<string, string[]>): void {
  for (const { id, file, path, children = [] } of entries) {
    const full = path ? `${parent}/${path}` : parent;
    const known = paths.get(full || "/") ?? [];
    paths.set(full || "/", [...known, id ?? file.replace(/\.\w+$/, "")]);
    collect(children, full, paths);
  }
}

/** What stands for a path's parameters, by their names. */
export type Parameters = Record<string, string>;

/** @throws for a parameter without a value */
export function fill(path: string, parameters: Parameters): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = parameters[name];
    if (value) return value;
    throw new Error(`${path}: name an object for :${name} in tests/access/companies.ts.`);
  });
}
