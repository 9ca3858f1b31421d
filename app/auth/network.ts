import { isIPv6 } from "node:net";

const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/i;
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/**
 * Whose an address is, as far as limits go: of IPv6, the first 64 bits, because that is the least
 * that a provider gives to one customer (RFC 6177), who may use all of its addresses.
 *
 * @param address as Node writes it, perhaps with a zone
 * @returns anything else as it is
 */
export function networkOf(address: string): string {
  const plain = address.replace(IPV4_IN_IPV6, "").replace(/%.*$/, "");
  if (!isIPv6(plain)) return plain;
  // The URL standard writes each address in one way only: https://url.spec.whatwg.org/#ipv6-serializing
  const [before = "", after] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split("::");
  const head = before.split(":").filter(Boolean);
  const tail = (after ?? "").split(":").filter(Boolean);
  const zeros = Array.from({ length: GROUPS - head.length - tail.length }, () => "0");
  return `${[...head, ...zeros, ...tail].slice(0, NETWORK_GROUPS).join(":")}::/64`;
}
