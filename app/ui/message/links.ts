/**
 * Links built from what a customer's phone sent. Each gives null for what hasn't exactly the shape
 * of its scheme: nothing of a stranger's may become another scheme, or a parameter.
 */

/** @param phone digits with the usual marks between them */
export function telHref(phone: string): string | null {
  const number = phone.replace(/[\s().-]/g, "");
  return /^\+?\d{3,15}$/.test(number) ? `tel:${number}` : null;
}

export function mailtoHref(email: string): string | null {
  return /^[\w.+-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(email) ? `mailto:${email}` : null;
}

/** @param point degrees */
export function geoHref(point: { latitude: number; longitude: number }): string {
  return `geo:${coordinates(point, ",")}`;
}

/** "37.442215, -122.161659" */
export function coordinates(
  { latitude, longitude }: { latitude: number; longitude: number },
  separator = ", ",
): string {
  return `${latitude.toFixed(6)}${separator}${longitude.toFixed(6)}`;
}
