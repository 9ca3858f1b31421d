import { index, type RouteConfig, route } from "@remix-run/route-config";

/** The product's table of contents. What the server must know of each path stands in http/route-traits.ts. */
export default [
  index("routes/account/home.ts"),

  route("login", "routes/account/login.tsx"),
  route("logout", "routes/account/logout.ts"),

  // A person's own sessions and password.
  route("account", "routes/account/account.tsx"),

  // By a link that works once, a person chooses a password.
  route("invite/:link", "routes/account/invite.$link.tsx"),

  // Makes the first company.
  route("setup", "routes/account/setup.tsx"),

  route("conversations", "routes/inbox/conversations.tsx", [
    index("routes/inbox/conversations._index.tsx"),
    route(":conversationId", "routes/inbox/conversations.$conversationId.tsx"),
  ]),

  // What came since, for the frame of a page without a script.
  route(
    "conversations/:conversationId/news",
    "routes/inbox/conversations.$conversationId_.news.tsx",
  ),

  // Pages without a script, for whoever wants to load less.
  route("lite", "routes/inbox/lite.ts"),

  // What changes in the inbox, as server-sent events.
  route("events", "routes/inbox/events.ts"),

  // Files that nobody has opened, the first that WhatsApp deletes first.
  route("expiring", "routes/inbox/expiring.tsx"),

  // For the company's admins.
  route("admin", "routes/admin/admin.tsx", [
    index("routes/admin/admin._index.ts"),
    route("numbers", "routes/admin/admin.numbers._index.tsx"),
    route("numbers/:accountId", "routes/admin/admin.numbers.$accountId.tsx"),
    route("people", "routes/admin/admin.people._index.tsx"),
    route("people/:userId", "routes/admin/admin.people.$userId.tsx"),
    route("audit", "routes/admin/admin.audit.tsx"),
  ]),
  route("admin/audit.csv", "routes/admin/admin.audit-csv.ts"),

  // A file, streamed from WhatsApp to the one person who asked; nothing is kept.
  route("media/:mediaId", "routes/files/media.$mediaId.tsx"),
  route("api/whatsapp/media/:mediaId", "routes/files/media.$mediaId.tsx", { id: "media-api" }),
  route("media/:mediaId/view", "routes/files/media.$mediaId_.view.tsx"),

  // Meta calls this one.
  route("webhooks/whatsapp", "routes/whatsapp/webhooks.whatsapp.ts"),

  // For whoever runs the server.
  route("up", "routes/operations/up.ts"),
  route("ready", "routes/operations/ready.ts"),
  route("metrics", "routes/operations/metrics.ts"),

  route("*", "routes/operations/not-found.tsx"),
] satisfies RouteConfig;
