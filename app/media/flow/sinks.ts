import type { ServerResponse } from "node:http";
import { recycle } from "#app/whatsapp/graph/read-buffers.ts";
import type { MediaTransfer } from "./transfer.ts";

/** Where a transfer's bytes go. */
export interface Sink {
  /** @returns false when the next chunk should wait until `drained` is called */
  write(chunk: Buffer): boolean;
  /** The last bytes. `done` is called once all have left the process. */
  end(chunk: Buffer, done: () => void): void;
  /** Breaks off, so that nobody takes what came for the whole. */
  break(): void;
}

/** Lets a transfer flow into a Node response whose head is out. */
export function flowToNode(transfer: MediaTransfer, res: ServerResponse): void {
  res.on("drain", transfer.drained);
  transfer.flow({
    write: (chunk) => res.write(chunk, (error) => error || recycle(chunk)),
    end: (chunk, done) => res.end(chunk, done),
    break: () => res.destroy(),
  });
}

/** A transfer as a web stream. It starts to flow with the first read. */
export function toWebStream(transfer: MediaTransfer): ReadableStream<Uint8Array> {
  let started = false;
  let pulled = () => {};
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) =>
        new Promise((resolve) => {
          pulled = resolve;
          if (started) return transfer.drained();
          started = true;
          transfer.flow({
            write(chunk) {
              controller.enqueue(chunk);
              pulled();
              return false;
            },
            end(chunk, done) {
              if (chunk.length > 0) controller.enqueue(chunk);
              controller.close();
              pulled();
              queueMicrotask(done);
            },
            break() {
              controller.error(new Error("the media stream broke off"));
              pulled();
            },
          });
        }),
      cancel: () => transfer.stop("client-left", "the reader has left"),
    },
    { highWaterMark: 0 },
  );
}
