import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/** Where the functions are that speak SQL. */
export const MODELS = path.resolve("app/models");

/** The calls of a handle that begin a statement. */
export const ASKS = [
  "select",
  "selectDistinct",
  "insert",
  "update",
  "delete",
  "execute",
  "$count",
] as const;
const DATABASE = /(^|\.)(db|tx)$/;

export interface ModelFunction {
  file: string;
  name: string;
  /** "company": it takes a scope. "database": it takes a handle, or asks what it is given later. */
  takes: "company" | "database";
}

export interface Models {
  functions: ModelFunction[];
  /** "file:line" of every call that asks the database, in functions of a company. */
  queries: string[];
}

/** Reads the models' sources: which of their exported functions ask the database, and where. */
export function readModels(): Models {
  const models: Models = { functions: [], queries: [] };
  for (const file of modelFiles()) {
    const text = readFileSync(path.join(MODELS, file), "utf8");
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    for (const statement of source.statements) {
      const exported = exportedFunctions(file, statement);
      const takesNoCompany = exported.some(({ takes }) => takes === "database");
      models.functions.push(...exported);
      if (takesNoCompany) continue;
      models.queries.push(...queriesIn(statement).map((line) => `${file}:${line}`));
    }
  }
  return models;
}

function modelFiles(): string[] {
  return readdirSync(MODELS, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".server.ts") && !/(^|\/)testing/.test(file))
    .sort();
}

function exportedFunctions(file: string, statement: ts.Statement): ModelFunction[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  return functionsOf(statement).flatMap(({ name, parameters }): ModelFunction[] => {
    const types = parameters.map(({ type }) => type?.getText() ?? "");
    if (types.some((type) => /\bCompanyScope\b/.test(type)))
      return [{ file, name, takes: "company" }];
    const isDatabase = types.some((type) => /^(Duty)?Db\b/.test(type));
    return isDatabase || queriesIn(statement).length > 0 ? [{ file, name, takes: "database" }] : [];
  });
}

interface Declared {
  name: string;
  parameters: readonly ts.ParameterDeclaration[];
}

function functionsOf(statement: ts.Statement): Declared[] {
  if (ts.isFunctionDeclaration(statement)) {
    return [{ name: statement.name?.text ?? "", parameters: statement.parameters }];
  }
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name, initializer }) =>
    initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
      ? { name: name.getText(), parameters: initializer.parameters }
      : [],
  );
}

/** The lines of the calls that begin a statement: of `rows` of db/raw-sql/rows.server.ts, or of a handle. */
function queriesIn(node: ts.Node): number[] {
  const lines: number[] = [];
  const visit = (child: ts.Node): void => {
    const name = ts.isCallExpression(child) && asking(child.expression);
    if (name) {
      const { line } = child.getSourceFile().getLineAndCharacterOfPosition(name.getStart());
      lines.push(line + 1);
    }
    ts.forEachChild(child, visit);
  };
  visit(node);
  return lines;
}

function asking(called: ts.Expression): ts.Node | undefined {
  if (ts.isIdentifier(called)) return called.text === "rows" ? called : undefined;
  if (!ts.isPropertyAccessExpression(called) || !isAsking(called.name.text)) return undefined;
  return DATABASE.test(called.expression.getText()) ? called.name : undefined;
}

function isAsking(name: string): boolean {
  return ASKS.some((ask) => ask === name);
}
