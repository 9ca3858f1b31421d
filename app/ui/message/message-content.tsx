import type { MessageDetails } from "#app/models/messages/message-details.ts";
import { ContactCards } from "./contact-cards.tsx";
import { Form } from "./form.tsx";
import { Location } from "./location.tsx";
import type { MessageProps } from "./message.tsx";
import { PLACEHOLDER, REVOKED, UNSUPPORTED } from "./message-words.ts";
import { Order } from "./order.tsx";

/** What a message says, but for its own file. */
export function MessageContent(props: MessageProps) {
  const { message } = props;
  if (message.revokedAt) return <Note>{REVOKED}</Note>;
  const words = message.mediaCaption ?? message.body;
  if (message.details && (message.details.kind !== "unsupported" || !words)) {
    return <Details details={message.details} props={props} />;
  }
  return words ? (
    <p dir="auto" className="words">
      {words}
    </p>
  ) : null;
}

function Details({
  details,
  props,
}: {
  details: MessageDetails;
  props: MessageProps;
}): React.JSX.Element | null {
  switch (details.kind) {
    case "location":
      return <Location location={details} />;
    case "contacts":
      return <ContactCards cards={details.cards} />;
    case "order":
      return <Order order={details} />;
    case "form":
      return <Form form={details} {...props} />;
    case "choice":
      return (
        <div className="wrap-anywhere">
          <p>
            Chose: <bdi className="strong">{details.title}</bdi>
          </p>
          {details.description && <p dir="auto">{details.description}</p>}
        </div>
      );
    case "placeholder":
      return <Note>{PLACEHOLDER}</Note>;
    case "unsupported":
      return (
        <Note>
          {UNSUPPORTED}
          {details.of && (
            <>
              {" "}
              WhatsApp calls it “<bdi>{details.of}</bdi>”.
            </>
          )}
        </Note>
      );
    case "system":
    case "welcome":
      return null;
  }
}

function Note({ children }: { children: React.ReactNode }) {
  return <p className="muted italic wrap-anywhere">{children}</p>;
}
