ALTER TABLE "conversations" ADD COLUMN "last_inbound_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "unread_count" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "unread" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "sent_by_user_id" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "media_size" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "media_viewed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sent_by_fk" FOREIGN KEY ("company_id","sent_by_user_id") REFERENCES "public"."users"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- With the contact before the account it also finds the conversations of a contact.
ALTER TABLE "conversations" DROP CONSTRAINT "conversations_contact_unique";--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_contact_unique" UNIQUE("company_id","contact_id","account_id");--> statement-breakpoint
-- What a search finds a message by: as one lexeme each its company, its account and its week, and its words, each
-- behind the number of its eight weeks. So one index answers "this word, in these accounts, this week", and the
-- beginning of a word is looked for in eight weeks, not in all that was ever written. Nothing that WhatsApp carried
-- is older than 2009, which began in week 2035. No parser makes a lexeme with a space in it.
CREATE FUNCTION "message_search"("company_id" bigint, "account_id" bigint, "sent_at" timestamp with time zone, "body" text, "caption" text, "filename" text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY[
    'company ' || company_id,
    'account ' || account_id,
    'week ' || week
  ] || ARRAY(
    SELECT greatest(week, 2035) / 8 || ' ' || left(lexeme, 200)
    FROM unnest(to_tsvector('pg_catalog.simple'::regconfig, left(coalesce(body, '') || ' ' || coalesce(caption, '') || ' ' || coalesce(filename, ''), 20000)))
  ))
  FROM (SELECT floor(extract(epoch FROM sent_at - timestamptz '1970-01-01 00:00:00+00') / 604800)::int AS week) sent
$$;--> statement-breakpoint
-- What a search finds a contact by: the words of its names; the ends of its number, so that the beginning of one is
-- a part of the number, each behind its company, so that no company's contacts make another's search slow; and its
-- last digits. The beginning of a number is looked for in contacts_wa_id_unique.
CREATE FUNCTION "contact_search"("company_id" bigint, "name" text, "username" text, "wa_id" text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(
    ARRAY['company ' || company_id]
    || ARRAY(SELECT company_id || ' ' || substr(wa_id, i) FROM generate_series(2, least(length(coalesce(wa_id, '')), 32) - 4) AS i)
    || ARRAY(SELECT company_id || ' ends ' || right(wa_id, n) FROM generate_series(3, least(length(coalesce(wa_id, '')), 4)) AS n)
  ) || to_tsvector('pg_catalog.simple'::regconfig, left(coalesce(name, '') || ' ' || coalesce(username, ''), 20000))
$$;--> statement-breakpoint
CREATE INDEX "contacts_search_index" ON "contacts" USING gin (contact_search("company_id", "name", "username", "wa_id"));--> statement-breakpoint
CREATE INDEX "conversations_account_last_message_index" ON "conversations" USING btree ("company_id","account_id","last_message_at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "conversations_unread_index" ON "conversations" USING btree ("company_id","account_id","last_message_at" DESC NULLS LAST,"id" DESC NULLS LAST) WHERE "conversations"."unread_count" > 0;--> statement-breakpoint
CREATE INDEX "messages_unread_index" ON "messages" USING btree ("company_id","conversation_id","sent_at","id") WHERE "messages"."unread";--> statement-breakpoint
CREATE INDEX "messages_media_unviewed_index" ON "messages" USING btree ("company_id","account_id","created_at","id") WHERE "messages"."media_id" is not null and "messages"."media_viewed_at" is null and "messages"."direction" = 'inbound';--> statement-breakpoint
CREATE INDEX "messages_search_index" ON "messages" USING gin (message_search("company_id", "account_id", "sent_at", "body", "media_caption", "media_filename")) WHERE not "messages"."hidden";--> statement-breakpoint
UPDATE "conversations" c SET "last_inbound_at" = (
  SELECT max(m."sent_at") FROM "messages" m
  WHERE m."company_id" = c."company_id" AND m."conversation_id" = c."id" AND m."direction" = 'inbound'
);--> statement-breakpoint
-- Tells every server process which conversations changed, once per transaction and conversation:
-- "company:account:conversation" on the channel "inbox".
CREATE FUNCTION "notify_messages_inserted"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('inbox', concat_ws(':', company_id, account_id, conversation_id))
  FROM (SELECT DISTINCT company_id, account_id, conversation_id FROM after) changed;
  RETURN NULL;
END $$;--> statement-breakpoint
-- What is noted of a file when somebody views it changes nothing that others see. The plan is kept from a session's
-- first call, mostly of one row: a nested loop would then take every pair of the thousands that a merge moves.
CREATE FUNCTION "notify_messages_updated"() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop TO off AS $$
BEGIN
  PERFORM pg_notify('inbox', concat_ws(':', company_id, account_id, conversation_id))
  FROM (
    SELECT DISTINCT n.company_id, n.account_id, n.conversation_id
    FROM after n JOIN before o ON o.company_id = n.company_id AND o.id = n.id
    WHERE (n.media_viewed_at, n.media_size) IS NOT DISTINCT FROM (o.media_viewed_at, o.media_size)
      OR (n.edited_at, n.revoked_at) IS DISTINCT FROM (o.edited_at, o.revoked_at)
  ) changed;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION "notify_statuses"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('inbox', concat_ws(':', company_id, account_id, conversation_id))
  FROM (
    SELECT DISTINCT m.company_id, m.account_id, m.conversation_id
    FROM after s JOIN messages m ON m.company_id = s.company_id AND m.account_id = s.account_id AND m.wamid = s.wamid
  ) changed;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "messages_inserted" AFTER INSERT ON "messages"
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION "notify_messages_inserted"();--> statement-breakpoint
CREATE TRIGGER "messages_updated" AFTER UPDATE ON "messages"
REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION "notify_messages_updated"();--> statement-breakpoint
CREATE TRIGGER "message_statuses_inserted" AFTER INSERT ON "message_statuses"
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION "notify_statuses"();--> statement-breakpoint
CREATE TRIGGER "message_statuses_updated" AFTER UPDATE ON "message_statuses"
REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION "notify_statuses"();
