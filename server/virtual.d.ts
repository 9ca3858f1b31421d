/** The Remix build, made by the Vite plugin. */
declare module "virtual:remix/server-build" {
  export * from "@remix-run/dev/server-build";
}
