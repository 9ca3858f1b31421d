/** What the server must know of a route before Remix sees a request. */
export interface RouteTraits {
  /**
   * Whether it also answers as data, at its path and `.data`, as Remix's scripts ask for pages.
   * False for what no script of ours asks for so: of a file, Remix would read all into memory.
   * Holds for all that lies below its path's fixed beginning.
   */
  asData: boolean;
  /**
   * A file of a customer's: can only be read, and is never compressed. Holds for all that lies
   * below its path's fixed beginning.
   */
  media?: true;
  /**
   * Called without asking Remix which route it is. Of a route without a page, on the first level of
   * app/routes.ts, whose path has at most one parameter, at its end.
   */
  direct?: true;
  /** Its forms bring files: they may take as long as a slow line needs. */
  upload?: true;
  /** Its POST is signed by whoever sends it, so it may come from elsewhere. Its path has no parameter. */
  signed?: true;
  /** What follows its path's fixed beginning opens something: no log has it. */
  secretPath?: true;
}

/** The traits of each path of app/routes.ts; a test names the paths that lack a row. */
export const ROUTE_TRAITS: Readonly<Record<string, RouteTraits>> = {
  "/": { asData: true },
  "/login": { asData: true },
  "/logout": { asData: true },
  "/account": { asData: true },
  "/invite/:link": { asData: true, secretPath: true },
  "/setup": { asData: true },
  "/conversations": { asData: true },
  "/conversations/:conversationId": { asData: true, upload: true },
  "/conversations/:conversationId/news": { asData: true },
  "/lite": { asData: false },
  "/events": { asData: false },
  "/expiring": { asData: true },
  "/admin": { asData: true },
  "/admin/numbers": { asData: true },
  "/admin/numbers/:accountId": { asData: true },
  "/admin/people": { asData: true },
  "/admin/people/:userId": { asData: true },
  "/admin/audit": { asData: true },
  "/admin/audit.csv": { asData: false },
  "/media/:mediaId": { asData: false, media: true, direct: true },
  "/api/whatsapp/media/:mediaId": { asData: false, media: true, direct: true },
  "/media/:mediaId/view": { asData: false, media: true },
  "/webhooks/whatsapp": { asData: false, direct: true, signed: true },
  "/up": { asData: false },
  "/ready": { asData: false },
  "/metrics": { asData: false },
  "/*": { asData: true },
};

/** @returns the paths of the routes whose traits are so */
export function routesWhere(isSo: (traits: RouteTraits) => boolean | undefined): string[] {
  return Object.entries(ROUTE_TRAITS).flatMap(([path, traits]) => (isSo(traits) ? path : []));
}
