import { integer, type Random, shuffled } from "./seeded-random.ts";
import { contact, image, text, webhook } from "./webhooks.ts";

/** Messages as many customers send them at once, and as Meta delivers them. */
export interface Burst {
  /** Whose each message is: wamid to WhatsApp id. */
  senders: ReadonlyMap<string, string>;
  /** The bodies of the POSTs, in the order Meta sends them. */
  bodies: string[];
}

/**
 * @param options.prefix of every wamid, so that bursts can share a database
 * @param options.senders how many people share the messages
 * @param options.firstSender the first one's number; the others' follow
 * @param options.duplicates the share of messages that are delivered once more, somewhere else
 * @param options.largestPost the most messages of one POST; sizes between are all used, small ones
 *   more often
 */
export function makeBurst(options: {
  prefix: string;
  messages: number;
  senders: number;
  firstSender?: number;
  duplicates: number;
  largestPost: number;
  random: Random;
}): Burst {
  const { random, firstSender = 15550100000 } = options;
  const messages = Array.from({ length: options.messages }, (_, index) => {
    const from = String(firstSender + (index % options.senders));
    const make = index % 5 === 0 ? image : text;
    return make(`wamid.${options.prefix}.${index}`, {
      from,
      timestamp: String(1744344496 + index),
    });
  });
  const repeated = shuffled(messages, random).slice(0, messages.length * options.duplicates);
  const deliveries = shuffled([...messages, ...repeated], random);
  return {
    senders: new Map(messages.map(({ id, from }) => [id, from])),
    bodies: inPosts(deliveries, options.largestPost, random).map(body),
  };
}

function inPosts<T>(items: readonly T[], largest: number, random: Random): T[][] {
  const posts: T[][] = [];
  for (let next = 0; next < items.length; next += posts.at(-1)?.length ?? 1) {
    // The first POST is the largest there can be, so that every burst has one.
    const size = posts.length === 0 ? largest : 1 + integer(random, largest ** random());
    posts.push(items.slice(next, next + size));
  }
  return posts;
}

function body(messages: { from: string }[]): string {
  const people = new Set(messages.map(({ from }) => from));
  const contacts = [...people].map((waId) => contact(waId, `Customer ${waId.slice(-4)}`));
  return JSON.stringify(webhook(messages, { contacts }));
}
