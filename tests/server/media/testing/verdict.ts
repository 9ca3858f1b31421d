import { answersRange, forwardableRange, parseContentRange } from "#app/media/file/range.ts";
import { headerProblem } from "./answer-headers.ts";
import type { Client, Seen } from "./client.ts";
import { failureProblem } from "./failure-answer.ts";
import type { FaultSchedule } from "./fault-schedule.ts";
import type { HttpAnswer } from "./http-answer.ts";
import { harms } from "./random-faults.ts";

/** `broken`: the connection broke though WhatsApp was well. */
export type Verdict = { outcome: string } | { problem: string; broken?: true };

/**
 * Whether a person got what they should: the right bytes and a clean end, a failure that says so,
 * or a broken connection; and the file, when nothing stood in its way.
 *
 * @param file the bytes at WhatsApp
 */
export function verdict(
  schedule: FaultSchedule,
  client: Client,
  file: Buffer,
  { answer, endedBy }: Seen,
): Verdict {
  if (endedBy === "timeout") return { problem: "it never ended" };
  if (endedBy === "client") return judgeLeft(client, file, answer);
  const spared = !schedule.faults.some(harms);
  if (!answer && spared) return { problem: "no answer came", broken: true };
  if (!answer) return { outcome: "broken before headers" };
  const { status, complete, surplus } = answer;
  if (surplus > 0) return { problem: `${surplus} bytes follow the answer` };
  const problem =
    status === 200 || status === 206
      ? fileProblem(client, file, answer)
      : failureProblem(answer, client.method ?? "GET");
  if (problem) return { problem };
  if (!complete && spared) return { problem: "it broke off", broken: true };
  if (!complete) return { outcome: `${status} broken off` };
  if (status < 300) return { outcome: `${status} complete` };
  const { "x-media-failure": kind } = answer.headers;
  if (kind === "range" ? isUnsatisfiable(schedule, client) : !spared) {
    return { outcome: `${status} ${kind}` };
  }
  return { problem: `${status} ${kind} though nothing was wrong` };
}

/** Who leaves can't tell much, but what did come must be right. */
function judgeLeft(client: Client, file: Buffer, answer: HttpAnswer | undefined): Verdict {
  if (!answer) return { outcome: "left before headers" };
  if (answer.status >= 300) return { outcome: `${answer.status} left` };
  const problem = fileProblem(client, file, answer);
  return problem ? { problem } : { outcome: `${answer.status} left` };
}

function fileProblem(client: Client, file: Buffer, answer: HttpAnswer): string | undefined {
  const part = answer.status === 206 ? partOf(client, file, answer) : file;
  if (typeof part === "string") return part;
  const length = answer.headers["content-length"];
  if (client.method === "HEAD" && Number(length) !== part.length) return `its length is ${length}`;
  if (client.method !== "HEAD" && answer.complete && !answer.body.equals(part)) {
    return "it ended cleanly with other bytes";
  }
  return headerProblem(answer);
}

/** The part of the file that Content-Range names; what is wrong with it, as a string. */
function partOf({ range }: Client, file: Buffer, { headers }: HttpAnswer): Buffer | string {
  const named = parseContentRange(headers["content-range"]);
  if (!range || !named || named.total !== file.length || !answersRange(range, named)) {
    return `${range} was answered with Content-Range ${headers["content-range"]}`;
  }
  return file.subarray(named.first, named.last + 1);
}

/** Whether WhatsApp may have said that there is no such part. */
function isUnsatisfiable({ file, faults }: FaultSchedule, { range = "" }: Client): boolean {
  if (!forwardableRange(new Headers({ Range: range }))) return false;
  if (faults.some(({ kind }) => kind === "unsatisfiable") || file.size === 0) return true;
  const [, first] = /^bytes=(\d+)-/.exec(range) ?? [];
  return first === undefined ? /^bytes=-0+$/.test(range) : Number(first) >= file.size;
}
