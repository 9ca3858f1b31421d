/** Unread conversations are counted up to here, which stands for this many or more. */
export const MOST_UNREAD = 100;
