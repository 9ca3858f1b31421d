import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** The process's figures, in Prometheus's format at /metrics. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const registers = [registry];

export const webhookPosts = new Counter({
  name: "tapview_webhook_posts_total",
  help: "Webhook POSTs by the status they were answered with.",
  labelNames: ["status"],
  registers,
});

export const webhookDeferrals = new Counter({
  name: "tapview_webhook_deferred_total",
  help: "Webhook POSTs answered 503 to protect the database: full (too many at once) or late.",
  labelNames: ["reason"],
  registers,
});

export const webhookMessages = new Counter({
  name: "tapview_webhook_messages_total",
  help: "Messages in webhooks: stored, duplicate or quarantined.",
  labelNames: ["outcome"],
  registers,
});

export const webhookEvents = new Counter({
  name: "tapview_webhook_events_total",
  help: "What webhooks told that is no message, by webhook field; an unknown one is other.",
  labelNames: ["field"],
  registers,
});

export const webhookQuarantined = new Gauge({
  name: "tapview_webhook_quarantined_rows",
  help: "Rows in quarantine by reason, in the whole database; absent while it does not answer.",
  labelNames: ["reason"],
  registers,
});

export const webhookStatuses = new Counter({
  name: "tapview_webhook_statuses_total",
  help: "Delivery statuses that said something new.",
  registers,
});

export const signIns = new Counter({
  name: "tapview_sign_ins_total",
  help: "Sign-in forms: started a session, refused, throttled (too many were refused), or failed.",
  labelNames: ["outcome"],
  registers,
});

export const mediaFetches = new Counter({
  name: "tapview_media_fetches_total",
  help: "Taps on files by outcome, however many requests a player makes of one.",
  labelNames: ["outcome"],
  registers,
});

export const mediaBytes = new Counter({
  name: "tapview_media_bytes_total",
  help: "Media bytes streamed to people.",
  registers,
});

export const mediaContinuations = new Counter({
  name: "tapview_media_continuations_total",
  help: "Times a file broke off on its way from WhatsApp and was continued from its next byte.",
  registers,
});

export const mediaStreams = new Gauge({
  name: "tapview_media_streams",
  help: "Media streams open now.",
  registers,
});

export const whatsappConnections = new Gauge({
  name: "tapview_whatsapp_connections",
  help: "Connections for files to WhatsApp: open (busy or kept), and warm (opened before a tap, unused).",
  labelNames: ["state"],
  registers,
});

for (const state of ["open", "warm"]) whatsappConnections.set({ state }, 0);

export const whatsappWarmUps = new Counter({
  name: "tapview_whatsapp_warm_ups_total",
  help: "Connections opened before a tap: used, unused, closed by the other side, or failed to open.",
  labelNames: ["outcome"],
  registers,
});

export const eventStreams = new Gauge({
  name: "tapview_event_streams",
  help: "Streams of server-sent events open now.",
  registers,
});

export const messagesSent = new Counter({
  name: "tapview_messages_sent_total",
  help: "Messages asked of WhatsApp to send: accepted, refused or unconfirmed.",
  labelNames: ["outcome"],
  registers,
});

export const uploads = new Counter({
  name: "tapview_uploads_total",
  help: "Files on their way to WhatsApp: complete, refused by us, failed at WhatsApp, left or busy.",
  labelNames: ["outcome"],
  registers,
});

export const uploadBytes = new Counter({
  name: "tapview_upload_bytes_total",
  help: "Bytes of files that passed to WhatsApp.",
  registers,
});

export const accountTokenChanges = new Counter({
  name: "tapview_account_token_changes_total",
  help: "Business numbers whose access token WhatsApp began to refuse, or took again.",
  labelNames: ["to"],
  registers,
});

export const mediaLookupSeconds = new Histogram({
  name: "tapview_media_lookup_seconds",
  help: "Time to a download URL; near zero when it was still in memory.",
  buckets: [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers,
});

export const mediaFirstByteSeconds = new Histogram({
  name: "tapview_media_first_byte_seconds",
  help: "Time from the request to WhatsApp's first response header.",
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15],
  registers,
});
