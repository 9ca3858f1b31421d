/** What came over a connection that carried one answer, read byte for byte. */
export interface HttpAnswer {
  status: number;
  /** By lower-case name; of several, all. */
  headers: Record<string, string>;
  /** What came of the body, without the chunks' framing. */
  body: Buffer;
  /** Whether the body is as long as its headers said, or its last chunk came. */
  complete: boolean;
  /** Bytes behind the end of the answer, where nothing belongs. */
  surplus: number;
}

const HEAD_END = "\r\n\r\n";

/** @returns undefined when not even the headers came whole */
export function readAnswer(bytes: Buffer, method: string): HttpAnswer | undefined {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const [line = "", ...lines] = bytes.toString("latin1", 0, end).split("\r\n");
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(`${line} `) ?? [];
  if (status === undefined) throw new Error(`The status line is ${JSON.stringify(line)}.`);
  const headers = readHeaders(lines);
  const rest = bytes.subarray(end + HEAD_END.length);
  const answer = { status: Number(status), headers };
  if (method === "HEAD" || status === "204" || status === "304") {
    return { ...answer, body: Buffer.alloc(0), complete: true, surplus: rest.length };
  }
  if (headers["transfer-encoding"] === "chunked") return { ...answer, ...readChunks(rest) };
  const length = Number(headers["content-length"] ?? Number.POSITIVE_INFINITY);
  return {
    ...answer,
    body: rest.subarray(0, length),
    complete: rest.length >= length,
    surplus: Math.max(0, rest.length - length),
  };
}

function readHeaders(lines: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  return headers;
}

function readChunks(bytes: Buffer): Pick<HttpAnswer, "body" | "complete" | "surplus"> {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd < 0) return { body: Buffer.concat(parts), complete: false, surplus: 0 };
    const size = Number.parseInt(bytes.toString("latin1", at, lineEnd), 16);
    const start = lineEnd + 2;
    const end = start + size + 2;
    parts.push(bytes.subarray(start, Math.min(start + size, bytes.length)));
    const complete = size === 0 && end <= bytes.length;
    if (complete || end > bytes.length) {
      const surplus = Math.max(0, bytes.length - end);
      return { body: Buffer.concat(parts), complete, surplus };
    }
    at = end;
  }
}
