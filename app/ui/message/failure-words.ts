/**
 * What WhatsApp's error codes mean for the person at the inbox, and what they can do (Meta: Cloud
 * API, "Error codes").
 */

interface Failure {
  errorCode: number | null;
  errorTitle: string | null;
  errorDetails?: string | null;
}

/** Why a message of ours wasn't delivered. */
export function sendFailureWords(failure: Failure): string {
  return words(failure, SENDING);
}

/** Why a customer's message didn't come whole. */
export function receiveFailureWords(failure: Failure): string {
  return words(failure, RECEIVING);
}

function words(failure: Failure, known: Map<number, string>): string {
  const { errorCode: code, errorTitle, errorDetails } = failure;
  const sentence =
    (code === null ? undefined : known.get(code)) ??
    errorTitle ??
    errorDetails ??
    "WhatsApp gave no reason.";
  return code === null ? sentence : `${sentence} (${code})`;
}

const AGAIN = "WhatsApp had a fault of its own. Send it again in a few minutes.";

const SENDING = new Map([
  [
    131047,
    "More than 24 hours have passed since the customer last wrote. Send an approved template, or wait until they write.",
  ],
  [
    131026,
    "WhatsApp can't deliver to this number: it may not use WhatsApp, or its app may be too old. Reach the customer another way.",
  ],
  [
    131049,
    "WhatsApp held it back, to limit how much marketing this customer gets. Don't send it again today.",
  ],
  [
    131050,
    "The customer has stopped marketing messages from this number. Send them none until they ask for some.",
  ],
  [
    130472,
    "WhatsApp held it back: the customer is part of an experiment without marketing messages. Sending it again won't help; reach them another way.",
  ],
  [
    131042,
    "WhatsApp couldn't charge for it. Check the payment method of the WhatsApp Business account at Meta, then send it again.",
  ],
  [131051, "WhatsApp doesn't support this type of message. Send it as a text or a file."],
  [131052, "WhatsApp couldn't get the file to send. Attach it again."],
  [131053, "WhatsApp couldn't take the file. Check its type and size, then attach it again."],
  [
    131056,
    "Too many messages went to this customer in a short time. Wait a minute, then send it again.",
  ],
  [130429, "Too many messages left this number at once. Send it again in a minute."],
  [
    131048,
    "WhatsApp limits this number, because people blocked or reported its messages. See its quality rating at Meta.",
  ],
  [131031, "Meta has locked this WhatsApp Business account. An admin must look into it at Meta."],
  [
    368,
    "Meta has blocked this account for a breach of its policies. An admin must look into it at Meta.",
  ],
  [130497, "This number may not write to people in the customer's country."],
  [131021, "A number can't write to itself."],
  [131030, "This is a test number, and the customer isn't on its list of recipients at Meta."],
  [132001, "The template doesn't exist in this language, or isn't approved. Choose another one."],
  [132015, "WhatsApp has paused this template, because people disliked it. Choose another one."],
  [131000, AGAIN],
  [131016, AGAIN],
]);

const RECEIVING = new Map([
  [
    131052,
    "WhatsApp couldn't pass on this file; 100 MB is the most it takes. Ask the customer to send it again, or a smaller one.",
  ],
]);
