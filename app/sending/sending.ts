import type { Viewer } from "#app/auth/viewer.server.ts";
import type { ConversationHead } from "#app/models/inbox/conversations.server.ts";
import type { Deliver } from "./delivery.server.ts";
import type { UploadFile } from "./file-upload.server.ts";
import type { MarkReadUpTo } from "./read-receipts.server.ts";
import type { StreamedForm } from "./streamed-form.server.ts";

/** What an action does to the world. */
export interface Sending {
  deliver: Deliver;
  uploadFile: UploadFile;
  markReadUpTo: MarkReadUpTo;
  /** In milliseconds since 1970. */
  now: () => number;
}

/** One form of a conversation's page, and who sent it. */
export interface Asked {
  viewer: Viewer;
  conversation: ConversationHead;
  form: StreamedForm;
  request: Request;
  signal: AbortSignal;
}
