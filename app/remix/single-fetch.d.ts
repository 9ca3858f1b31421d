import "@remix-run/node";

// Loader data keeps its Dates: the types follow the v3_singleFetch flag of remix.config.js.
declare module "@remix-run/node" {
  interface Future {
    v3_singleFetch: true;
  }
}
