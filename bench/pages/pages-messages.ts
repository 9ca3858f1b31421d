import type postgres from "postgres";

/**
 * The messages of all planned conversations, in the order of time, as they come in: so that a
 * conversation's rows lie apart, as they do in life. Of a hundred, 31 are files, 3 reactions and 5
 * quotes; of the customers' files of the last week one of eight has been opened, of others most.
 */
export async function addMessages(sql: postgres.Sql): Promise<void> {
  await sql`
    insert into messages (company_id, account_id, conversation_id, wamid, direction, type, hidden,
      unread, body, reply_to_wamid, target_wamid, media_id, media_mime_type, media_caption,
      media_filename, media_sha256, media_voice, media_size, media_viewed_at, sent_at, created_at)
    select company_id, account_id, conversation_id, ${wamid(sql, "position")}, direction, type, hidden,
      is_unread and position > length - 3 and direction = 'inbound' and not hidden,
      case type when 'text' then
          a.text || ' ' || b.text || case when hash % 11 = 0 then ' order a' || conversation_id || 'x' || position else '' end
        when 'reaction' then '👍' end,
      case when type = 'text' and hash % 19 = 0 and position > 1 then ${wamid(sql, "position - 1")} end,
      case when hidden then ${wamid(sql, "position - 1")} end,
      case when is_file then (hash % 1000000000000000)::text end,
      case when is_file then 'image/jpeg' end,
      case when is_file and hash % 3 = 0 then a.text end,
      case when type = 'document' then b.text || '.pdf' end,
      case when is_file then md5(hash::text) || md5(hash::text || 'x') end,
      case when type = 'audio' then hash % 2 = 0 end,
      case when is_file and hash % 8 = 0 then hash % 5000000 end,
      case when is_file and hash % 8 < case when sent_at > now() - interval '7 days' then 1 else 6 end then sent_at end,
      sent_at, sent_at
    from (
      select m.*, type in ('image', 'video', 'audio', 'document', 'sticker') as is_file,
        type = 'reaction' as hidden
      from (
        select c.*, position, hash,
          c.last_at - c.lasting * (1 - position::float8 / c.length) as sent_at,
          case when hash % 5 < 3 then 'inbound' else 'outbound' end as direction,
          case when hash % 97 < 20 then 'image' when hash % 97 < 23 then 'video'
            when hash % 97 < 27 then 'audio' when hash % 97 < 30 then 'document'
            when hash % 97 < 31 then 'sticker' when hash % 97 < 34 and position > 1 then 'reaction'
            else 'text' end as type
        from bench_conversation c, generate_series(1, c.length) position,
          lateral (select hashint8extended(c.number * 1000003 + position, 0) & 9223372036854775807 as hash) h
        order by sent_at
      ) m
    ) m
    join bench_phrase a on a.id = hash % 20000
    join bench_phrase b on b.id = hash / 20000 % 20000`;
  await sql`
    insert into message_statuses (company_id, account_id, wamid, status, rank, at, created_at)
    select company_id, account_id, wamid, 'read', 3, sent_at, sent_at from messages
    where direction = 'outbound' and not hidden`;
  await sql`
    update conversations c set unread_count = m.unread from (
      select conversation_id, count(*) as unread from messages where unread group by 1
    ) m where m.conversation_id = c.id`;
}

/** Of the length that WhatsApp's have; made of the place, so that a quote knows the one it quotes. */
function wamid(sql: postgres.Sql, position: string) {
  return sql`'wamid.HBgN' || upper(md5(conversation_id || ':' || ${sql.unsafe(position)}))`;
}
