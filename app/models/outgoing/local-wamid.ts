const PREFIX = "local:";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Stands for WhatsApp's id in a message of ours until WhatsApp has given one. The same form sent
 * twice has the same key, and the table takes a wamid once.
 *
 * @param key of the message: a UUID
 */
export function localWamid(key: string): string {
  return `${PREFIX}${key}`;
}

export function isLocalWamid(wamid: string): boolean {
  return wamid.startsWith(PREFIX);
}

/** @returns the key that a local wamid was made of */
export function keyOfLocalWamid(wamid: string): string {
  return wamid.slice(PREFIX.length);
}

/** Whether it can be a key of ours, and not something of another app's. */
export function isMessageKey(value: string | null): value is string {
  return value !== null && UUID.test(value);
}
