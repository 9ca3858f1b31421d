import type { Answer } from "#simulator/wire/exchange.ts";
import { graphError } from "./errors.ts";

interface SendError {
  status: number;
  title: string;
  details: string;
}

const again = "Try again later.";

/** Meta's "Error codes" as far as they concern messages to customers, with the HTTP status. */
const ERRORS: Record<number, SendError> = {
  1: error(400, "An unknown error occurred", again),
  2: error(503, "Service temporarily unavailable", again),
  10: error(403, "Permission denied", "The app lacks a permission."),
  33: error(400, "Parameter value is not valid", "The business number has been deleted."),
  100: error(400, "Invalid parameter", "The request has a parameter that is not supported."),
  368: error(403, "Temporarily blocked for policies violations", "The account is restricted."),
  130429: error(400, "Rate limit hit", "Cloud API message throughput has been reached."),
  130472: error(400, "User's number is part of an experiment", "Message was not sent."),
  130497: error(
    403,
    "Business account is restricted from messaging users in this country.",
    "Restricted by country.",
  ),
  131000: error(500, "Something went wrong", "Message failed to send due to an unknown error."),
  131005: error(403, "Access denied", "Permission is either not granted or has been removed."),
  131008: error(400, "Required parameter is missing", "The request is missing a parameter."),
  131009: error(400, "Parameter value is not valid", "One or more parameter values are invalid."),
  131016: error(500, "Service unavailable", "A service is temporarily unavailable."),
  131021: error(400, "Recipient cannot be sender", "Sender and recipient number is the same."),
  131026: error(400, "Message undeliverable", "Message Undeliverable."),
  131030: error(
    400,
    "Recipient phone number not in allowed list",
    "Add recipient phone number to recipient list and try again.",
  ),
  131031: error(403, "Account has been locked", "The account has been restricted or disabled."),
  131037: error(
    400,
    "WhatsApp provided number needs display name approval before message can be sent.",
    "The display name has not been approved.",
  ),
  131042: error(400, "Business eligibility payment issue", "A payment method is missing."),
  131045: error(500, "Incorrect certificate", "The number is not registered."),
  131047: error(
    400,
    "Re-engagement message",
    "Message failed to send because more than 24 hours have passed since the customer last replied to this number.",
  ),
  131048: error(
    400,
    "Spam rate limit hit",
    "Message failed to send because there are restrictions on how many messages can be sent from this phone number.",
  ),
  131049: error(
    400,
    "This message was not delivered to maintain healthy ecosystem engagement.",
    "In order to maintain a healthy ecosystem engagement, the message failed to be delivered.",
  ),
  131050: error(
    400,
    "Unable to deliver the message.",
    "This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.",
  ),
  131051: error(400, "Unsupported message type", "Message type is currently not supported."),
  131052: error(400, "Media download error", "The media could not be downloaded."),
  131053: error(400, "Media upload error", "The media's type or size is not supported."),
  131056: error(
    400,
    "(Business Account, Consumer Account) pair rate limit hit",
    "Too many messages sent from this phone number to the same phone number in a short period of time.",
  ),
  131057: error(500, "Account in maintenance mode", "The account is in maintenance mode."),
  133010: error(400, "Phone number Not Registered", "The number is not registered."),
  135000: error(400, "Generic user error", "A request parameter is not valid."),
};

export const sendErrorCodes = Object.keys(ERRORS).map(Number);

/** @returns title and details of an error code; for an unknown one those of "Something went wrong" */
export function graphErrorOf(code: number): SendError {
  return ERRORS[code] ?? error(400, "Something went wrong", again);
}

/** The answer that refuses a message or an upload with this code. @param details in other words */
export function refusal(code: number, details?: string): Answer {
  const { status, title, details: usual } = graphErrorOf(code);
  return graphError(status, {
    message: `(#${code}) ${title}`,
    type: "OAuthException",
    code,
    error_data: { messaging_product: "whatsapp", details: details ?? usual },
  });
}

/** The answer of Graph itself, before WhatsApp is asked, to a parameter that is wrong. */
export function wrongParameter(message: string): Answer {
  return graphError(400, { message: `(#100) ${message}`, type: "OAuthException", code: 100 });
}

function error(status: number, title: string, details: string): SendError {
  return { status, title, details };
}
