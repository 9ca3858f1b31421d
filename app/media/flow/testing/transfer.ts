import { MediaFailure } from "#app/media/file/failure.ts";
import type { OpenMedia } from "#app/media/source/open-media.server.ts";
import { noAbort } from "#tests/support/no-abort.ts";
import { openMedia } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import type { Sink } from "../sinks.ts";
import { createTransfer, type TransferOptions, type TransferReport } from "../transfer.ts";

/** Where a transfer's bytes end up, and how. It has room for all, unless it is `full`. */
export class TestSink implements Sink {
  state: "open" | "ended" | "broken" = "open";
  full = false;
  /** Tells that the last bytes have left; a test may put it off. */
  leave = (done: () => void) => done();
  readonly chunks: Buffer[] = [];

  get text(): string {
    return Buffer.concat(this.chunks).toString("latin1");
  }

  write(chunk: Buffer): boolean {
    this.chunks.push(Buffer.from(chunk));
    return !this.full;
  }

  end(chunk: Buffer, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    this.state = "ended";
    this.leave(done);
  }

  break(): void {
    this.state = "broken";
  }
}

/**
 * A transfer of an open file, with all that a test looks at.
 *
 * @param rests what its continuations get, one after the other; then none
 */
export function startTransfer(
  media: Partial<OpenMedia>,
  { rests = [], ...options }: Partial<TransferOptions> & { rests?: (OpenMedia | Error)[] } = {},
) {
  const reports: TransferReport[] = [];
  const asked: (string | undefined)[] = [];
  const sink = new TestSink();
  const transfer = createTransfer(openMedia(media), {
    expectedSha256: null,
    signal: noAbort,
    async reopen(range) {
      asked.push(range);
      const rest = rests.shift() ?? new MediaFailure("upstream", { detail: "there is no rest" });
      if (rest instanceof Error) throw rest;
      return rest;
    },
    onEnd: (report) => reports.push(report),
    ...options,
  });
  const flow = async () => {
    await transfer.prime();
    transfer.flow(sink);
    await settle();
  };
  return { transfer, sink, reports, asked, flow };
}
