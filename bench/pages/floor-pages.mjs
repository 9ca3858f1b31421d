// The floor: a bare server that asks the database what the page asks, and writes the page by
// putting the answers into the gaps of a template.
import { readFileSync } from "node:fs";
import http from "node:http";
import compression from "compression";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL, {
  max: 16,
  connection: { plan_cache_mode: "force_generic_plan" },
});
// The parameters are text as PostgreSQL logged it.
for (const type of Object.keys(sql.options.serializers)) delete sql.options.serializers[type];
const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escaped = (value) => String(value).replace(/[&<>"']/g, (character) => ESCAPES[character]);

const pages = new Map();
for (const { path, html, statements } of JSON.parse(readFileSync(process.env.PAGES, "utf8"))) {
  const page = templateOf(html, statements, await answersTo(statements));
  const [again, gaps] = [await write(page), page.filter((part) => typeof part !== "string").length];
  if (again !== html) throw new Error(`The template of ${path} gives another page.`);
  pages.set(path, page);
  console.log(JSON.stringify({ path, gaps }));
}

const compress = compression();
const server = http.createServer((request, response) => {
  compress(request, response, async () => {
    const page = pages.get(request.url);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(await write(page));
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ address: `http://127.0.0.1:${server.address().port}` }));
});

/** Whose session it is comes first, the rest at once. */
async function answersTo([first, ...rest]) {
  const ask = ({ text, parameters }) => sql.unsafe(text, parameters, { prepare: true });
  return [await ask(first), ...(await Promise.all(rest.map(ask)))];
}

/** Text, and between it the way to each value of the answers that stands in the page. */
function templateOf(html, statements, answers) {
  const ways = new Map();
  collect(answers, [], ways);
  const values = [...ways.keys()].sort((a, b) => b.length - a.length);
  const pattern = values.map((value) => value.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  const parts = html.split(new RegExp(`(${pattern})`));
  return Object.assign(
    parts.map((part, index) => (index % 2 ? ways.get(part) : part)),
    { statements },
  );
}

function collect(value, way, ways) {
  if (value === null || value === undefined || value instanceof Date) return;
  if (typeof value === "object") {
    for (const [key, child] of Object.entries(value)) collect(child, [...way, key], ways);
  } else if (String(value).length > 2 && !ways.has(escaped(value))) {
    ways.set(escaped(value), way);
  }
}

async function write(page) {
  const answers = await answersTo(page.statements);
  let html = "";
  for (const part of page) {
    if (typeof part === "string") html += part;
    else html += escaped(part.reduce((value, key) => value[key], answers));
  }
  return html;
}
