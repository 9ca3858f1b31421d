import { Form, Link, useLocation } from "@remix-run/react";
import type { ComposerError } from "#app/sending/action-error.ts";
import type { ComposerData } from "#app/sending/composer.server.ts";
import { ACCEPTED_TYPES } from "#app/sending/file-types.ts";
import { authorName } from "../message/author-name.ts";
import { quoteWords } from "../message/message-words.ts";
import { usePostAddress } from "../page/post-form.tsx";
import { askAgainWords, roomWords, windowWords } from "../words/composer-words.ts";
import { useComposer } from "./use-composer.ts";

export interface ComposerProps {
  composer: ComposerData;
  contactName: string;
  now: number;
  timeZone: string;
  /** Of the message that was just sent, and was not. */
  failure: ComposerError | undefined;
}

/**
 * Where the agent writes. A plain form, in which all fields stand before the file: the server needs
 * to know what a file is for when its first byte comes.
 */
export function Composer(props: ComposerProps) {
  const { composer, contactName, failure } = props;
  const closed = !composer.window.open && <Closed contactName={contactName} />;
  return (
    <section id="composer" aria-label="Reply" className="rule-t px-3 py-2">
      {failure && (
        <p role="alert" className="failed wrap-anywhere">
          {failure.error}
        </p>
      )}
      {closed || <ReplyForm {...props} />}
    </section>
  );
}

function Closed({ contactName }: { contactName: string }) {
  return (
    <p className="muted py-1 text-sm">
      You can't reply now: WhatsApp takes free messages for 24 hours after the customer last wrote.
      Until <bdi>{contactName}</bdi> writes again it takes only approved templates, which can't be
      sent from here.
    </p>
  );
}

function ReplyForm({ composer, contactName, now, timeZone, failure }: ComposerProps) {
  const { quote, through, window } = composer;
  const question = composer.asksAgain && quote ? askAgainWords(quote) : "";
  const live = useComposer(composer.key, question, failure !== undefined);
  const room = roomWords(live.length);
  return (
    <Form
      ref={live.form}
      method="post"
      action={usePostAddress()}
      encType="multipart/form-data"
      preventScrollReset
      className="flex flex-wrap items-center gap-x-2 gap-y-1"
    >
      <input type="hidden" name="intent" value="send" />
      <input type="hidden" name="key" value={live.key} />
      {through !== null && <input type="hidden" name="through" value={through} />}
      {quote && <Quoted quote={quote} contactName={contactName} />}
      <label htmlFor="composer-text" className="sr-only">
        Message
      </label>
      <textarea
        ref={live.text}
        id="composer-text"
        name="text"
        dir="auto"
        rows={2}
        className="field field-sizing-content max-h-[30vh] min-w-0 flex-1 basis-3/5"
        placeholder="Write a message"
        defaultValue={failure?.text ?? question}
        readOnly={live.sending}
        aria-describedby="composer-window"
        onInput={live.onInput}
        onKeyDown={live.onKeyDown}
      />
      {/* Beside the words is only the button; the rest comes below. */}
      <label className="order-1 min-w-0 flex-1 basis-52 text-sm">
        <span className="sr-only">Attach a file</span>
        <input
          type="file"
          name="file"
          accept={ACCEPTED_TYPES}
          className="w-full file:mr-2 file:min-h-11 file:cursor-pointer file:rounded-lg file:px-3"
          onChange={live.onFile}
        />
      </label>
      <button type="submit" className="button min-h-11" disabled={live.sending}>
        {live.sending ? "Sending…" : "Send"}
      </button>
      <p id="composer-window" className="muted order-1 text-xs">
        {window.closesAt !== null && windowWords(window.closesAt, now, timeZone)}{" "}
        <span aria-live="polite" className="failed">
          {room}
        </span>
      </p>
    </Form>
  );
}

function Quoted(props: { quote: NonNullable<ComposerData["quote"]>; contactName: string }) {
  const { quote, contactName } = props;
  const { search } = useLocation();
  const rest = new URLSearchParams(search);
  rest.delete("reply");
  rest.delete("ask");
  return (
    <div className="flex basis-full items-center gap-2">
      <input type="hidden" name="reply" value={quote.messageId} />
      <p className="quote min-w-0 flex-1">
        <span className="sr-only">In answer to </span>
        <bdi className="strong">{authorName(quote, contactName)}</bdi>{" "}
        <span className="line-clamp-1 wrap-anywhere">
          <span dir="auto">{quoteWords(quote)}</span>
        </span>
      </p>
      <Link to={`?${rest}#composer`} preventScrollReset className="quiet">
        Cancel <span className="sr-only">the quote</span>
      </Link>
    </div>
  );
}
