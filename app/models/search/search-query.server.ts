import { type SQL, sql } from "drizzle-orm";
import type { SearchWords } from "./search-words.ts";

/**
 * SQL of the tsquery for what was typed. The last word may be the beginning of one, once it ends
 * with as many letters or digits as `minPrefix`. Null where it asks for nothing, or only for what must not be
 * there: that would be nearly everything.
 */
export function wordsQuery(words: SearchWords, minPrefix: number): SQL {
  const { text, head, last } = words;
  const [ending = ""] = /[\p{L}\p{N}]*$/u.exec(text) ?? [];
  let query = ending.length >= minPrefix ? begun(text) : websearch(text);
  // PostgreSQL keeps an e-mail address or a host as one word, "ana-maria" as three, the end of
  // "2026-118" as -118: their beginnings are not found by cutting them as it cuts whole ones.
  if (ending.length >= minPrefix && isCompound(last)) {
    const parts = begun(`"${last.replace(/[^\p{L}\p{N}]+/gu, " ")}"`);
    const whole = /^\d+$/.test(last) ? [last, `-${last}`] : [last];
    query = sql`(${query} || (${websearch(head)} && (${parts} || ${beginnings(whole)})))`;
  }
  return sql`(select case when querytree(q) not in ('', 'T') then q end from (select ${query} as q) typed)`;
}

function isCompound(word: string): boolean {
  return /^[\p{L}\p{N}]/u.test(word) && /[^\p{L}]/u.test(word);
}

/** SQL of the tsquery of everything that has this one word, which may have spaces in it. */
export function lexeme(word: SQL): SQL {
  return sql`('''' || ${word} || '''')::tsquery`;
}

/** SQL of the tsquery of every word that begins with one of these. */
export function beginnings(words: readonly string[]): SQL {
  const quoted = sql`replace(replace(lower(word), '\\', '\\\\'), '''', '''''')`;
  return sql`(select string_agg('''' || ${quoted} || ''':*', '|')::tsquery from unnest(${sql.param(words)}::text[]) word)`;
}

function websearch(text: string): SQL {
  return sql`websearch_to_tsquery('simple', ${text}::text)`;
}

/** Where its text ends with a word, that one is made a beginning. */
function begun(text: string): SQL {
  return sql`(select case when q like '%''' then q || ':*' else q end::tsquery from (select ${websearch(text)}::text as q) whole)`;
}
