/** What a stream of events tells a page. */
export type News =
  | { kind: "change"; conversations: number[] }
  /** Anything may have changed. */
  | { kind: "resync" };

export type HearNews = (news: News) => void;
