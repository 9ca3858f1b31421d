import { index, type RouteConfig, route } from "@remix-run/route-config";

/** The product's table of contents. */
export default [
  index("routes/home.ts"),

  route("login", "routes/login.tsx"),
  route("logout", "routes/logout.ts"),

  // A person's own sessions and password.
  route("account", "routes/account.tsx"),

  // By a link that works once, a person chooses a password.
  route("invite/:link", "routes/invite.$link.tsx"),

  // Makes the first company.
  route("setup", "routes/setup.tsx"),

  route("conversations", "routes/conversations.tsx", [
    index("routes/conversations._index.tsx"),
    route(":conversationId", "routes/conversations.$conversationId.tsx"),
  ]),

  // What came since, for the frame of a page without a script.
  route("conversations/:conversationId/news", "routes/conversations.$conversationId_.news.tsx"),

  // Pages without a script, for whoever wants to load less.
  route("lite", "routes/lite.ts"),

  // What changes in the inbox, as server-sent events.
  route("events", "routes/events.ts"),

  // Files that nobody has opened, the first that WhatsApp deletes first.
  route("expiring", "routes/expiring.tsx"),

  // For the company's admins.
  route("admin", "routes/admin.tsx", [
    index("routes/admin._index.ts"),
    route("numbers", "routes/admin.numbers._index.tsx"),
    route("numbers/:accountId", "routes/admin.numbers.$accountId.tsx"),
    route("people", "routes/admin.people._index.tsx"),
    route("people/:userId", "routes/admin.people.$userId.tsx"),
    route("audit", "routes/admin.audit.tsx"),
  ]),
  route("admin/audit.csv", "routes/admin.audit-csv.ts"),

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
