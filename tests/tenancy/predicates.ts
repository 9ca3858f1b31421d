/** A condition of a statement's text that keeps companies apart. */
export interface Predicate {
  /** "parameter": the company that the function was called for. "join": of another row's company. */
  kind: "parameter" | "join";
  text: string;
  start: number;
  /** The words up to it: what it is known by where a function asks a statement in several variants. */
  context: string;
}

const CONTEXT_CHARACTERS = 120;

const COMPANY = String.raw`(?:"?\w+"?\.)?"?company_id"?`;
const OPERAND = String.raw`(?:${COMPANY}|"?\w+"?\."?id"?|\$\d+(?:::bigint)?)`;
const EQUATION = new RegExp(
  String.raw`(?<![\w."$])(${OPERAND})\s*=\s*(${OPERAND})(?![\w."(:])`,
  "g",
);
const IS_COMPANY = new RegExp(`^${COMPANY}$`);

/** The company predicates of a statement, in its order. */
export function companyPredicates(statement: string): Predicate[] {
  return [...statement.matchAll(EQUATION)].flatMap(
    ({ 0: text, 1: left, 2: right, index: start }) => {
      if (![left, right].some((operand) => IS_COMPANY.test(operand ?? ""))) return [];
      const kind = text.includes("$") ? "parameter" : "join";
      return {
        kind,
        text,
        start,
        context: contextOf(statement.slice(0, start + text.length)),
      } as const;
    },
  );
}

/** The statement without the predicates of this context. Their parameters stay, so that it can be asked with the same values. */
export function withoutPredicates(statement: string, context: string): string {
  const gone = companyPredicates(statement).filter((one) => one.context === context);
  return gone.reduceRight((rest, { text, start }) => {
    const [parameter] = /\$\d+/.exec(text) ?? [];
    const always = parameter ? `(${parameter}::bigint is not null)` : "true";
    return rest.slice(0, start) + always + rest.slice(start + text.length);
  }, statement);
}

/** Without what differs between variants: numbers, and the parentheses around several conditions. */
function contextOf(upTo: string): string {
  const plain = upTo.replace(/\s+/g, " ").replace(/\d+/g, "").replace(/[()]/g, "");
  return plain.slice(-CONTEXT_CHARACTERS);
}
