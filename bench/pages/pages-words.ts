import { integer, type Random, seededRandom } from "#tests/support/seeded-random.ts";

/** The first one is in every third message. */
const COMMON =
  "the to is a you please hello for it and my order when can thanks I have not with in we on this of are will be that do yes delivery tomorrow today here photo need from me could which one how long price size colour still there number address";
const SYLLABLES =
  "ba be bo da de do fa fi fo ga go ka ke ko la le li lo ma me mi mo na ne no pa pe po ra re ri ro sa se si so ta te ti to va ve vi vo za zo".split(
    " ",
  );
const WORDS = 5_000;
const PHRASES = 20_000;
const WORDS_IN_PHRASE = 4;
const FIRST_NAMES = 200;
const LAST_NAMES = 1_000;
const NAMES = 20_000;

/** Parts of sentences, some words far more often than others. The same at each call. */
export function phrases(): string[] {
  const random = seededRandom(1);
  const words = [...COMMON.split(" "), ...invented(random, WORDS)];
  const word = () => words[Math.floor(words.length * random() ** 3)];
  const phrase = () => Array.from({ length: WORDS_IN_PHRASE }, word).join(" ");
  return Array.from({ length: PHRASES }, phrase);
}

/** Of people. The same at each call. */
export function names(): string[] {
  const random = seededRandom(2);
  const [first, last] = [invented(random, FIRST_NAMES), invented(random, LAST_NAMES)];
  const capital = (word = "") => word.charAt(0).toUpperCase() + word.slice(1);
  const name = (_: unknown, index: number) =>
    `${capital(first[index % FIRST_NAMES])} ${capital(last[integer(random, LAST_NAMES)])}`;
  return Array.from({ length: NAMES }, name);
}

function invented(random: Random, count: number): string[] {
  const found = new Set<string>();
  while (found.size < count) {
    const syllables = Array.from({ length: 2 + integer(random, 3) }, () => {
      return SYLLABLES[integer(random, SYLLABLES.length)];
    });
    found.add(syllables.join(""));
  }
  return [...found];
}
