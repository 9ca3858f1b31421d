/**
 * What every path of app/routes.ts answers, by who asks; one verdict alone is everybody's.
 *
 * sign in  a redirect to the sign-in page
 * →        a redirect elsewhere
 * done     of POST: carried out, with a redirect elsewhere or 2xx
 *
 * HEAD is answered as GET is. All other methods are answered with 405.
 */
const TABLE = `
                                         not       | another company's | the company's own
                                         signed in | agent   | admin   | no member | member | admin
-----------------------------------------------------------------------------------------------------
/                                   GET  →
                                    POST 405
/login                              GET  200       | →       | →       | →         | →      | →
                                    POST done
/logout                             GET  →
                                    POST done
/account                            GET  sign in   | 200     | 200     | 200       | 200    | 200
                                    POST sign in   | done    | done    | done      | done   | done
/invite/:link                       GET  200
                                    POST 422
/setup                              GET  404
                                    POST 404
/conversations                      GET  sign in   | 200     | 200     | 200       | 200    | 200
                                    POST 405
/conversations/:conversationId      GET  sign in   | 404     | 404     | 403       | 200    | 200
                                    POST sign in   | 404     | 404     | 403       | done   | done
/conversations/:conversationId/news GET  401       | 404     | 404     | 403       | 200    | 200
                                    POST 405
/lite                               GET  →
                                    POST done
/events                             GET  401       | 200     | 200     | 200       | 200    | 200
                                    POST 405
/expiring                           GET  sign in   | 200     | 200     | 200       | 200    | 200
                                    POST 405
/admin                              GET  sign in   | 403     | →       | 403       | 403    | →
                                    POST 405
/admin/numbers                      GET  sign in   | 403     | 200     | 403       | 403    | 200
                                    POST sign in   | 403     | done    | 403       | 403    | done
/admin/numbers/:accountId           GET  sign in   | 403     | 404     | 403       | 403    | 200
                                    POST sign in   | 403     | 404     | 403       | 403    | done
/admin/people                       GET  sign in   | 403     | 200     | 403       | 403    | 200
                                    POST sign in   | 403     | done    | 403       | 403    | done
/admin/people/:userId               GET  sign in   | 403     | 404     | 403       | 403    | 200
                                    POST sign in   | 403     | 404     | 403       | 403    | done
/admin/audit                        GET  sign in   | 403     | 200     | 403       | 403    | 200
                                    POST 405
/admin/audit.csv                    GET  sign in   | 403     | 200     | 403       | 403    | 200
                                    POST 405
/media/:mediaId                     GET  401       | 404     | 404     | 403       | 200    | 200
                                    POST 405
/api/whatsapp/media/:mediaId        GET  401       | 404     | 404     | 403       | 200    | 200
                                    POST 405
/media/:mediaId/view                GET  401       | 404     | 404     | 403       | 200    | 200
                                    POST 405
/webhooks/whatsapp                  GET  403
                                    POST 401
/up                                 GET  200
                                    POST 405
/ready                              GET  200
                                    POST 405
/metrics                            GET  404
                                    POST 405
/*                                  GET  404
                                    POST 404
`;

/** The columns, from the left. */
export const STANDINGS = [
  "not signed in",
  "another company's agent",
  "another company's admin",
  "no member",
  "member",
  "admin",
] as const;

export type Standing = (typeof STANDINGS)[number];
export type Verdicts = Record<Standing, string>;
export interface Row {
  GET: Verdicts;
  POST: Verdicts;
}

/** @returns the rows by path */
export function readTable(table = TABLE): Map<string, Row> {
  const [, lines = ""] = table.split(/^-+\n/m);
  const rows = new Map<string, Partial<Row>>();
  let path = "";
  for (const line of lines.split("\n").filter(Boolean)) {
    const [, start = "", method, verdicts = ""] = /^(\S*) +(GET|POST) +(.+)$/.exec(line) ?? [];
    if (method === undefined) throw new Error(`This line of the table can't be read: ${line}`);
    path = start || path;
    const verdictsOf = { [method]: readVerdicts(verdicts, line) };
    rows.set(path, { ...rows.get(path), ...verdictsOf });
  }
  for (const [path, { GET, POST }] of rows) {
    if (!GET || !POST) throw new Error(`${path} needs a line for GET and one for POST.`);
  }
  return rows as Map<string, Row>;
}

function readVerdicts(text: string, line: string): Verdicts {
  const cells = text.split("|").map((cell) => cell.trim());
  if (cells.length !== 1 && cells.length !== STANDINGS.length) {
    throw new Error(`This line of the table needs 1 or ${STANDINGS.length} verdicts: ${line}`);
  }
  const verdicts = STANDINGS.map((standing, index) => [standing, cells[index] ?? cells[0]]);
  return Object.fromEntries(verdicts) as Verdicts;
}
