import postgres from "postgres";
import { withoutIndexes } from "./pages-indexes.ts";
import { addMessages } from "./pages-messages.ts";
import { names, phrases } from "./pages-words.ts";

/** From here on there are enough companies and years for the planner to see a large database. */
const LARGE = 100_000;

/** What a database is filled with. */
export function shapeOf(messages: number) {
  return {
    /** Of the one company that is looked at; the others share the rest. */
    bulk: Math.round(messages * 0.9),
    others: messages < LARGE ? 10 : 2_000,
    /** How long it has been collecting. A small one is young: its last weeks fill a page too. */
    days: messages < LARGE ? 14 : 730,
    conversations: Math.max(160, Math.round(messages / 100)),
    /** One conversation has one of a hundred messages. */
    longest: Math.max(200, Math.round(messages / 100)),
  };
}

export type Shape = ReturnType<typeof shapeOf>;

/**
 * Fills a database that is migrated and seeded: Acme with nine tenths of the messages on three
 * numbers, of which agent@acme.test reaches two, and many small companies with the rest.
 *
 * @returns how many messages there are now, and how long it took
 */
export async function fill(databaseUrl: string, shape: Shape) {
  const startedAt = performance.now();
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select setseed(0.5), set_config('work_mem', '256MB', false),
      set_config('maintenance_work_mem', '1GB', false)`;
    await addCompanies(sql, shape);
    await addVocabulary(sql);
    await addConversations(sql, shape);
    await withoutIndexes(sql, () => addMessages(sql));
    await sql`drop table bench_conversation, bench_phrase, bench_name`;
    await sql`vacuum (analyze)`;
    await sql`checkpoint`;
    const [{ messages = 0 } = {}] = await sql`select count(*)::int as messages from messages`;
    return { messages: Number(messages), seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await sql.end();
  }
}

/** The small companies, each with a number and a signed-in agent, and Acme's third number. */
async function addCompanies(sql: postgres.Sql, { others }: Shape): Promise<void> {
  await sql`
    with company as (
      insert into companies (name) select 'Company ' || n from generate_series(1, ${others}::int) n
      returning id, name
    ), agent as (
      insert into users (company_id, email, name, password_hash)
      select id, 'agent' || id || '@bench.test', 'Agent', '' from company
      returning company_id, id
    ), account as (
      insert into whatsapp_accounts (company_id, phone_number_id, display_phone_number, name)
      select id, 'bench' || id, '+1 555 010 0000', name from company
      returning company_id, id
    )
    insert into account_members (company_id, account_id, user_id)
    select account.company_id, account.id, agent.id from account join agent using (company_id)`;
  await sql`
    insert into sessions (company_id, token_hash, user_id, expires_at)
    select company_id, md5(id::text) || md5(email), id, now() + interval '14 days' from users`;
  await sql`
    with account as (
      insert into whatsapp_accounts (company_id, phone_number_id, display_phone_number, name)
      select company_id, 'bench', '+1 555 010 0004', 'Acme Returns' from users
      where email = 'agent@acme.test'
      returning company_id, id
    )
    insert into account_members (company_id, account_id, user_id)
    select u.company_id, account.id, u.id from users u, account where u.email = 'agent@acme.test'`;
}

async function addVocabulary(sql: postgres.Sql): Promise<void> {
  for (const [table, texts] of Object.entries({ bench_phrase: phrases(), bench_name: names() })) {
    await sql`create unlogged table ${sql(table)} (id int primary key, text text)`;
    await sql`insert into ${sql(table)}
      select n - 1, t from unnest(${texts}::text[]) with ordinality as list(t, n)`;
    await sql`analyze ${sql(table)}`;
  }
}

/**
 * With their contacts, and beside them what their messages are to be. Acme's lengths fall from the
 * longest on; its conversations ended at all times, most of them lately.
 */
async function addConversations(sql: postgres.Sql, shape: Shape): Promise<void> {
  const { bulk, conversations, longest, days, others } = shape;
  const each = Math.max(2, Math.round(bulk / 9 / others / 20));
  await sql`
    create unlogged table bench_conversation as
    with acme as (
      select n as number, u.company_id,
        (select id from whatsapp_accounts a where a.company_id = u.company_id and a.name =
          case when n % 5 < 3 then 'Acme Support' when n % 5 = 3 then 'Acme Returns' else 'Acme Sales' end
        ) as account_id,
        n ^ -0.8 / sum(n ^ -0.8) over () * ${bulk}::float8 as share
      from users u, generate_series(1, ${conversations}::int) n where u.email = 'agent@acme.test'
    ), planned as (
      select number, company_id, account_id,
        case when number = 1 then ${longest}::int
          else greatest(1, least(share, ${longest}::int))::int end as length
      from acme
      union all
      select ${conversations}::int + row_number() over (), a.company_id, a.id,
        (${bulk}::float8 / 9 / ${others}::int / ${each}::int)::int
      from whatsapp_accounts a, generate_series(1, ${each}::int)
      where a.phone_number_id like 'bench_%'
    )
    select planned.*, now() - age * interval '1 day' as last_at,
      (${days}::int - age) * (case when number = 1 then 1 else random() end) * interval '1 day' as lasting,
      number % 2 = 0 and age < 30 as is_unread,
      0::bigint as conversation_id
    from planned,
      lateral (select case when number = 1 then 0 else ${days}::int * 0.95 * random() ^ 2 end as age) a`;
  await sql`
    with contact as (
      insert into contacts (company_id, wa_id, name)
      select b.company_id, '1555010' || lpad(b.number::text, 7, '0'), n.text
      from bench_conversation b join bench_name n on n.id = b.number % 20000
      returning company_id, id, wa_id
    ), conversation as (
      insert into conversations (company_id, account_id, contact_id, last_message_at, last_inbound_at)
      select b.company_id, b.account_id, contact.id, b.last_at, b.last_at
      from bench_conversation b
      join contact on contact.company_id = b.company_id
        and contact.wa_id = '1555010' || lpad(b.number::text, 7, '0')
      returning company_id, contact_id, id
    )
    update bench_conversation b set conversation_id = conversation.id
    from contact join conversation
      on conversation.company_id = contact.company_id and conversation.contact_id = contact.id
    where contact.company_id = b.company_id
      and contact.wa_id = '1555010' || lpad(b.number::text, 7, '0')`;
}
