import { businessNumbers } from "#simulator/samples/business-numbers.ts";

/** The header that tells how much of a business's allowance is used, as recorded in October 2024. */
export function usage(): Record<string, string> {
  return header({ call_count: 1, total_cputime: 1, total_time: 1 }, 0);
}

/** The same once the allowance is used up. @param minutes until calls are allowed again */
export function regainUsage(minutes: number): Record<string, string> {
  return header({ call_count: 100, total_cputime: 25, total_time: 25 }, minutes);
}

function header(calls: Record<string, number>, minutes: number): Record<string, string> {
  const [number] = businessNumbers;
  const one = { type: "whatsapp", ...calls, estimated_time_to_regain_access: minutes };
  return { "X-Business-Use-Case-Usage": JSON.stringify({ [number?.wabaId ?? "0"]: [one] }) };
}
