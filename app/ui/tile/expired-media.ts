/** A file that WhatsApp no longer had when it was tapped. */
export interface ExpiredMedia {
  messageId: number;
  /** "invoice.pdf", or "Photo". */
  name: string;
  /** Whom it is from and when: "Ana, 14:03". */
  origin: string;
  /** Whether it is a customer's, who can be asked for it. */
  isInbound: boolean;
}

const EVENT = "tapview:media-expired";

/** Tells the page around a tile that its file is gone. */
export function reportExpiredMedia(media: ExpiredMedia): void {
  document.dispatchEvent(new CustomEvent(EVENT, { detail: media }));
}

/** @returns stops listening */
export function onExpiredMedia(listener: (media: ExpiredMedia) => void): () => void {
  const hear = (event: Event) => listener((event as CustomEvent<ExpiredMedia>).detail);
  document.addEventListener(EVENT, hear);
  return () => document.removeEventListener(EVENT, hear);
}
