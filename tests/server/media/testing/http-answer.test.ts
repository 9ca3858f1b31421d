import { expect, it } from "vitest";
import { readAnswer } from "./http-answer.ts";

const read = (text: string, method = "GET") => {
  const answer = readAnswer(Buffer.from(text, "latin1"), method);
  return answer && { ...answer, body: answer.body.toString("latin1") };
};

const SIZED = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-A: 1\r\nx-a: 2\r\n\r\n";
const CHUNKED = "HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n";

it.each([
  [`${SIZED}hello`, "hello", true, 0],
  [`${SIZED}hell`, "hell", false, 0],
  [SIZED, "", false, 0],
  [`${SIZED}hello!!`, "hello", true, 2],
  [`${CHUNKED}5\r\nhello\r\n2\r\n, \r\n0\r\n\r\n`, "hello, ", true, 0],
  [`${CHUNKED}5\r\nhello\r\n0\r\n\r\nHTTP`, "hello", true, 4],
  [`${CHUNKED}5\r\nhello\r\n0\r\n`, "hello", false, 0],
  [`${CHUNKED}5\r\nhello\r\n`, "hello", false, 0],
  [`${CHUNKED}5\r\nhel`, "hel", false, 0],
  [`${CHUNKED}5`, "", false, 0],
  ["HTTP/1.1 200 OK\r\n\r\nuntil the end", "until the end", false, 0],
])("reads %j", (text, body, complete, surplus) => {
  expect(read(text)).toMatchObject({ status: 200, body, complete, surplus });
});

it("expects no body of an answer to HEAD", () => {
  expect(read(SIZED, "HEAD")).toMatchObject({ body: "", complete: true, surplus: 0 });
  expect(read(`${SIZED}h`, "HEAD")).toMatchObject({ surplus: 1 });
});

it("keeps every value of a header, by its name in lower case", () => {
  expect(read(SIZED)?.headers).toEqual({ "content-length": "5", "x-a": "1, 2" });
});

it("has no answer before the end of the headers, and none of another protocol", () => {
  expect(read("HTTP/1.1 200 OK\r\nContent-Le")).toBeUndefined();
  expect(() => read("SSH-2.0\r\n\r\n")).toThrow("SSH-2.0");
});
