// The floor: a bare server that checks the signature and inserts, and does nothing else.
import { createHmac, timingSafeEqual } from "node:crypto";
import http from "node:http";
import postgres from "postgres";

const sql = postgres(process.env.DATABASE_URL, { max: 10, onnotice: () => {} });
const secret = process.env.WHATSAPP_APP_SECRET;

const server = http.createServer(async (request, response) => {
  try {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (!isSigned(body, request.headers["x-hub-signature-256"])) {
      response.writeHead(401).end();
      return;
    }
    for (const { changes } of JSON.parse(body).entry) {
      for (const { value } of changes) await sql.begin((tx) => store(tx, value));
    }
    response.writeHead(200).end("Received.");
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ address: `http://127.0.0.1:${server.address().port}` }));
});

function isSigned(body, header = "") {
  const expected = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return (
    header.length === expected.length && timingSafeEqual(Buffer.from(header), Buffer.from(expected))
  );
}

async function store(tx, { metadata, contacts, messages }) {
  const [account] = await tx`
    select company_id, id from whatsapp_accounts where phone_number_id = ${metadata.phone_number_id}`;
  const names = new Map(contacts.map(({ wa_id, profile }) => [wa_id, profile.name]));
  // One order of locks, so that batches can't deadlock.
  messages.sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const message of messages) await insert(tx, account, message, names.get(message.from));
}

async function insert(tx, { company_id, id: account_id }, { from, id, timestamp, text }, name) {
  const sentAt = new Date(timestamp * 1000);
  const [contact] = await tx`
    insert into contacts (company_id, wa_id, name) values (${company_id}, ${from}, ${name})
    on conflict (company_id, wa_id) do update set name = excluded.name returning id`;
  const [conversation] = await tx`
    insert into conversations (company_id, account_id, contact_id, last_message_at)
    values (${company_id}, ${account_id}, ${contact.id}, ${sentAt})
    on conflict (company_id, account_id, contact_id)
    do update set last_message_at = greatest(conversations.last_message_at, excluded.last_message_at)
    returning id`;
  await tx`
    insert into messages (company_id, account_id, conversation_id, wamid, direction, type, body, sent_at)
    values (${company_id}, ${account_id}, ${conversation.id}, ${id}, 'inbound', 'text', ${text.body}, ${sentAt})
    on conflict do nothing`;
}
