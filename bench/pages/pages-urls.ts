import postgres from "postgres";

const SAMPLES = 50;
/** The longest conversation: bench/pages/pages-fill.ts numbers them by length. */
const LONGEST = "15550100000001";

/** One kind of page, at many addresses, which are asked for in turn. */
export interface Page {
  name: string;
  paths: string[];
}

/** The pages that are measured, in a database that bench/pages/pages-fill.ts filled, for agent@acme.test. */
export async function pagesOf(databaseUrl: string): Promise<Page[]> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    const agent = await agentNumbers(sql);
    const { longest, positions } = await longestConversation(sql, agent);
    const busy = await busyConversations(sql, agent);
    const words = await rareWords(sql, agent);
    const people = await peopleOf(sql, agent);
    const search = (q: string) => `/conversations?q=${encodeURIComponent(q)}`;
    return [
      { name: "list", paths: ["/conversations"] },
      { name: "list of one number", paths: [`/conversations?account=${agent.accounts[0]}`] },
      { name: "list of the unread", paths: ["/conversations?unread=1"] },
      { name: "conversation, newest", paths: busy.map((id) => `/conversations/${id}`) },
      { name: "longest conversation, newest", paths: [`/conversations/${longest}`] },
      {
        name: "longest conversation, older",
        paths: positions.map((id) => `/conversations/${longest}?before=${id}`),
      },
      {
        name: "longest conversation, around a message",
        paths: positions.map((id) => `/conversations/${longest}?around=${id}`),
      },
      { name: "search, rare word", paths: words.map(search) },
      { name: "search, common word", paths: ["the", "please", "the order"].map(search) },
      { name: "search, name", paths: people.map(({ name }) => search(name)) },
      { name: "search, number", paths: people.map(({ number }) => search(number.slice(-8))) },
      { name: "expiring", paths: ["/expiring"] },
    ];
  } finally {
    await sql.end();
  }
}

/** Whose pages are asked for: an agent by the numbers that they may see. */
interface AgentNumbers {
  company: string;
  accounts: string[];
}

async function agentNumbers(sql: postgres.Sql): Promise<AgentNumbers> {
  const [row] = await sql<AgentNumbers[]>`
    select u.company_id as company, array_agg(m.account_id order by m.account_id) as accounts
    from users u join account_members m on m.company_id = u.company_id and m.user_id = u.id
    where u.email = 'agent@acme.test' group by 1`;
  if (!row) throw new Error("The database is not seeded.");
  return row;
}

/** With messages from all along it, so that pages before and around them are full. */
async function longestConversation(sql: postgres.Sql, { company }: AgentNumbers) {
  const rows = await sql<{ conversation: string; id: string }[]>`
    select conversation_id as conversation, id from (
      select m.conversation_id, m.id, row_number() over w as position, count(*) over () as length
      from contacts c
      join conversations v on v.company_id = c.company_id and v.contact_id = c.id
      join messages m on m.company_id = v.company_id and m.conversation_id = v.id
      where c.company_id = ${company} and c.wa_id = ${LONGEST} and not m.hidden
      window w as (order by m.sent_at, m.id)
    ) m
    where position % greatest(1, length / ${2 * SAMPLES}) = 0
      and position between length * 0.4 and length * 0.75
    order by position limit ${SAMPLES}`;
  const [first] = rows;
  if (!first) throw new Error("There is no longest conversation.");
  return { longest: first.conversation, positions: rows.map(({ id }) => id) };
}

/** Conversations with more than a page. */
async function busyConversations(sql: postgres.Sql, { company, accounts }: AgentNumbers) {
  const rows = await sql<{ id: string }[]>`
    select v.id from conversations v join contacts c on c.company_id = v.company_id and c.id = v.contact_id
    where v.company_id = ${company} and v.account_id = any(${accounts})
      and c.wa_id <= '1555010' || lpad(${20 * SAMPLES}::text, 7, '0')
      and exists (select from messages m where m.company_id = v.company_id and m.conversation_id = v.id offset 99)
    order by c.wa_id limit ${SAMPLES}`;
  return rows.map(({ id }) => id);
}

/** Words that stand in one message each, of all times. */
async function rareWords(
  sql: postgres.Sql,
  { company, accounts }: AgentNumbers,
): Promise<string[]> {
  const rows = await sql<{ word: string }[]>`
    select word.found as word from
      (select min(id) as first, max(id) - min(id) as span from messages) range,
      generate_series(0, ${SAMPLES - 1}::int) n,
      lateral (
        select substring(body from 'a[0-9]+x[0-9]+$') as found from messages
        where company_id = ${company} and id >= first + span * n / ${SAMPLES}
          and account_id = any(${accounts}) and body like '% order a%'
        order by id limit 1
      ) word`;
  return rows.map(({ word }) => word);
}

async function peopleOf(sql: postgres.Sql, { company, accounts }: AgentNumbers) {
  return sql<{ name: string; number: string }[]>`
    select name, number from (
      select c.name, c.wa_id as number, row_number() over (order by c.id) as position, count(*) over () as contacts
      from conversations v join contacts c on c.company_id = v.company_id and c.id = v.contact_id
      where v.company_id = ${company} and v.account_id = any(${accounts})
    ) c
    where position % greatest(1, contacts / ${SAMPLES}) = 0 limit ${SAMPLES}`;
}
