/** What a stream of events tells a page. */
export type InboxEvent =
  | { kind: "change"; conversations: number[] }
  /** Anything may have changed. */
  | { kind: "resync" };

export type InboxListener = (event: InboxEvent) => void;
