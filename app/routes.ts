import { index, type RouteConfig, route } from "@remix-run/route-config";

/** The product's table of contents. */
export default [
  index("routes/home.ts"),

  route("login", "routes/login.tsx"),
  route("logout", "routes/logout.ts"),

  route("conversations", "routes/conversations.tsx", [
    index("routes/conversations._index.tsx"),
    route(":conversationId", "routes/conversations.$conversationId.tsx"),
  ]),

  // A file, streamed from WhatsApp to the one person who asked; nothing is kept.
  route("media/:mediaId", "routes/media.$mediaId.tsx"),
  route("api/whatsapp/media/:mediaId", "routes/media.$mediaId.tsx", { id: "media-api" }),
  route("media/:mediaId/view", "routes/media.$mediaId_.view.tsx"),

  // Meta calls this one.
  route("webhooks/whatsapp", "routes/webhooks.whatsapp.ts"),

  // For whoever runs the server.
  route("up", "routes/up.ts"),
  route("ready", "routes/ready.ts"),
  route("metrics", "routes/metrics.ts"),

  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig;
