import postgres from "postgres";

/**
 * Inserts message rows as fast as PostgreSQL takes them: one statement for `size` rows, in
 * conversations that are there already, over several connections.
 *
 * @returns rows a second
 */
export async function insertRows(
  databaseUrl: string,
  { size, connections, seconds }: { size: number; connections: number; seconds: number },
): Promise<number> {
  const sql = postgres(databaseUrl, { max: connections, onnotice: () => {} });
  const conversations = await sql`
    select company_id, account_id, id as conversation_id from conversations order by id limit 1000`;
  let inserted = 0;
  const startedAt = performance.now();
  const worker = async (_: unknown, connection: number) => {
    for (let batch = 0; performance.now() - startedAt < seconds * 1000; batch++) {
      const rows = Array.from({ length: size }, (_, index) => ({
        ...conversations[(batch * size + index) % conversations.length],
        wamid: `wamid.HBgLMTU1NTAxMDAwMDEVAgASGBQz${size}.${connection}.${batch}.${index}`,
        direction: "inbound",
        type: "text",
        body: "Hello, is the blue one still there, and could you deliver it before Friday? ".repeat(
          2,
        ),
        sent_at: new Date(1744344496000 + index),
      }));
      await sql`insert into messages ${sql(rows)} on conflict do nothing`;
      inserted += size;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  const elapsed = (performance.now() - startedAt) / 1000;
  await sql.end();
  return inserted / elapsed;
}
