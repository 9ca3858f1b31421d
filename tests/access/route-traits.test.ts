import { expect, it } from "vitest";
import { ROUTE_TRAITS, routesWhere } from "#app/http/route-traits.ts";
import { belowAny } from "#server/walls/path-match.ts";
import { routePaths } from "./route-paths.ts";

const paths = routePaths();
const namedBy = (path: string) => `${path} of app/http/route-traits.ts`;

it("every path has its row in the table of traits, and every row its path", () => {
  const missing = paths.filter(({ path }) => !Object.hasOwn(ROUTE_TRAITS, path));
  const strays = Object.keys(ROUTE_TRAITS).filter((row) => paths.every(({ path }) => path !== row));
  expect([
    ...missing.map(({ path, ids }) => `Add ${path} (${ids}) to app/http/route-traits.ts.`),
    ...strays.map((path) => `${namedBy(path)} is not in app/routes.ts.`),
  ]).toEqual([]);
});

it("no path with data lies where the data of others are refused", () => {
  const isRefused = belowAny(routesWhere(({ asData }) => !asData));
  const lost = routesWhere(({ asData }) => asData).filter((path) =>
    isRefused(path.split("/").filter(Boolean)),
  );
  expect(lost.map((path) => `${namedBy(path)} lies below a path without data.`)).toEqual([]);
});

it("no path of pages lies where only media can be read", () => {
  const isMedia = belowAny(routesWhere(({ media }) => media));
  const lost = routesWhere(({ media }) => !media).filter((path) =>
    isMedia(path.split("/").filter(Boolean)),
  );
  expect(lost.map((path) => `${namedBy(path)} lies below media and is none.`)).toEqual([]);
});

it("a path whose POST is signed has no parameter, by which another could be meant", () => {
  expect(routesWhere(({ signed }) => signed).filter((path) => /[:*]/.test(path))).toEqual([]);
});

it("a path with a secret has it after a beginning of its own", () => {
  expect(
    routesWhere(({ secretPath }) => secretPath).filter((path) => !/^\/[^:*]+\/:/.test(path)),
  ).toEqual([]);
});
