import { isObject } from "#app/whatsapp/values/fields.ts";
import { cut } from "./fields.ts";
import { type FormFile, isFormFile, readFormFile } from "./form-file.ts";

/** A question of a form, and its answer: words, files, or both. */
export interface FormField {
  name: string;
  value: string | null;
  files: FormFile[];
  /** How many files it had beyond the most that a form may have. */
  moreFiles: number;
}

const MAX_FIELDS = 50;
/** Of one form. Meta lets a picker take 30. */
const MAX_FILES = 100;
const MAX_JSON_CHARACTERS = 400_000;
/** Deeper, no file is looked for. */
const MAX_DEPTH = 8;
/** Meta's own marks in a flow's answer: nothing that the customer said. */
const MARKS = new Set(["flow_token", "wa_flow_response_params"]);

/**
 * Reads a flow's answer: whatever it holds, this doesn't throw.
 *
 * @param json `response_json`, as it came
 * @returns no fields where it can't be read
 */
export function readForm(json: unknown): FormField[] {
  return readAnswers(fromJson(json));
}

/** The same for answers that are no JSON any more. Of the fields beyond the first 50, those with files. */
export function readAnswers(answers: unknown): FormField[] {
  if (!isObject(answers)) return [];
  const taken = { count: 0 };
  return Object.entries(answers)
    .filter(([name]) => !MARKS.has(name))
    .map(([name, answer]) => readField(name, answer, taken))
    .filter(({ files, moreFiles }, index) => index < MAX_FIELDS || files.length + moreFiles > 0);
}

/** "screen_0_order_number_1", as Meta's editor names a field, to "order number". */
export function fieldName(name: string): string {
  const bare = name.replace(/^screen_\d+_/, "").replace(/_\d+$/, "");
  return cut(bare.replaceAll("_", " ").trim(), 100);
}

function fromJson(text: unknown): unknown {
  if (typeof text !== "string" || text.length > MAX_JSON_CHARACTERS) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @param taken how many files the form has had before */
function readField(name: string, answer: unknown, taken: { count: number }): FormField {
  const files: FormFile[] = [];
  const before = taken.count;
  const rest = withoutFiles(answer, MAX_DEPTH, (raw) => {
    taken.count += 1;
    if (taken.count <= MAX_FILES) files.push(readFormFile(raw, taken.count));
  });
  return {
    name: fieldName(name),
    value: rest === undefined ? null : cut(inWords(rest), 1_000),
    files,
    moreFiles: taken.count - before - files.length,
  };
}

type OnFile = (raw: { [key: string]: unknown }) => void;

/** What an answer says beside its files; undefined where it is nothing but files. */
function withoutFiles(value: unknown, depth: number, onFile: OnFile): unknown {
  if (isFormFile(value)) return void onFile(value);
  if (typeof value !== "object" || value === null || depth === 0) return value;
  if (!Array.isArray(value)) {
    const rest = Object.entries(value).flatMap(([key, part]) => {
      const said = withoutFiles(part, depth - 1, onFile);
      return said === undefined ? [] : [[key, said]];
    });
    return rest.length === 0 && Object.keys(value).length > 0
      ? undefined
      : Object.fromEntries(rest);
  }
  // Beside files, whatever is an object is one that lost its name tag.
  const areFiles = value.some(isFormFile);
  const rest = value.flatMap((part) => {
    if (areFiles && isObject(part)) {
      onFile(part);
      return [];
    }
    const said = withoutFiles(part, depth - 1, onFile);
    return said === undefined ? [] : [said];
  });
  return rest.length === 0 && value.length > 0 ? undefined : rest;
}

function inWords(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    // Nested so deeply that it can't be written.
    return "";
  }
}
