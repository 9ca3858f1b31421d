-- The second wall between companies: a query that forgot its company finds nothing. The app speaks as roles that own
-- nothing (db/roles.ts); what each may see is said here. A migration that reads or changes rows after this one runs
-- as the tables' owner, whom FORCE keeps out as well unless it is a superuser: it must lift FORCE and put it back.
-- Roles belong to the whole server, so another database of it may have made them, or be making them now.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['tapview_app', 'tapview_sign_in', 'tapview_webhook', 'tapview_maintenance', 'tapview_setup', 'tapview_search'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', name);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
      END;
    END IF;
    IF NOT pg_has_role(current_user, name, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', name, current_user);
    END IF;
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN
  RAISE EXCEPTION 'The user % may not make the roles of row-level security. Run this once as a superuser, then npm run db:migrate again: DO $do$ DECLARE name text; BEGIN FOREACH name IN ARRAY ARRAY[''app'', ''sign_in'', ''webhook'', ''maintenance'', ''setup'', ''search''] LOOP IF to_regrole(''tapview_'' || name) IS NULL THEN EXECUTE ''CREATE ROLE tapview_'' || name; END IF; EXECUTE format(''GRANT tapview_%%s TO %%I'', name, ''%''); END LOOP; GRANT tapview_app TO tapview_webhook, tapview_setup; END $do$', current_user, current_user;
END $$;--> statement-breakpoint
-- A webhook's number and a new company are found first, and written to then as any company's are.
DO $$
BEGIN
  IF NOT (pg_has_role('tapview_webhook', 'tapview_app', 'MEMBER') AND pg_has_role('tapview_setup', 'tapview_app', 'MEMBER')) THEN
    GRANT tapview_app TO tapview_webhook, tapview_setup;
  END IF;
END $$;--> statement-breakpoint
CREATE FUNCTION "current_company"() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT nullif(current_setting('tapview.company_id', true), '')::bigint
$$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO "tapview_app", "tapview_sign_in", "tapview_maintenance", "tapview_search";--> statement-breakpoint
GRANT USAGE ON SCHEMA drizzle TO "tapview_app";--> statement-breakpoint
GRANT SELECT ON drizzle."__drizzle_migrations" TO "tapview_app";--> statement-breakpoint
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['companies', 'users', 'sessions', 'invitations', 'whatsapp_accounts', 'account_members', 'contacts', 'contact_identities', 'conversations', 'messages', 'message_statuses', 'media_views', 'audit_events', 'webhook_quarantine', 'rate_limits'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    -- Asked as a subquery it is asked once a query, and PostgreSQL plans for any company, not for this one.
    IF name NOT IN ('companies', 'webhook_quarantine', 'rate_limits') THEN
      EXECUTE format('CREATE POLICY company ON %I TO tapview_app USING (company_id = (SELECT current_company()))', name);
    END IF;
  END LOOP;
END $$;--> statement-breakpoint
CREATE POLICY "company" ON "companies" TO "tapview_app" USING ("id" = (SELECT current_company()));--> statement-breakpoint
GRANT SELECT ON "companies" TO "tapview_app";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "users", "whatsapp_accounts", "messages", "message_statuses" TO "tapview_app";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "sessions", "invitations", "account_members", "contacts", "contact_identities", "conversations" TO "tapview_app";--> statement-breakpoint
GRANT USAGE ON SEQUENCE "contacts_id_seq" TO "tapview_app";--> statement-breakpoint
-- What happened can't be changed afterwards.
GRANT SELECT, INSERT ON "media_views", "audit_events" TO "tapview_app";--> statement-breakpoint
-- Sign-in: the one person of the e-mail address that was typed, and how often was tried.
GRANT SELECT ("company_id", "id", "email", "password_hash", "deactivated_at") ON "users" TO "tapview_sign_in";--> statement-breakpoint
CREATE POLICY "sign_in" ON "users" FOR SELECT TO "tapview_sign_in" USING ("email" = (SELECT current_setting('tapview.email', true)));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "rate_limits" TO "tapview_sign_in";--> statement-breakpoint
CREATE POLICY "sign_in" ON "rate_limits" TO "tapview_sign_in" USING (true);--> statement-breakpoint
-- Webhooks: the one number that a webhook names, and what couldn't be used.
CREATE POLICY "webhook" ON "whatsapp_accounts" FOR SELECT TO "tapview_webhook" USING ("phone_number_id" = (SELECT current_setting('tapview.phone_number_id', true)));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "webhook_quarantine" TO "tapview_webhook";--> statement-breakpoint
CREATE POLICY "webhook" ON "webhook_quarantine" TO "tapview_webhook" USING (true);--> statement-breakpoint
-- First run and the server's shell: which companies there are, and a new one.
GRANT INSERT ON "companies" TO "tapview_setup";--> statement-breakpoint
CREATE POLICY "setup" ON "companies" TO "tapview_setup" USING (true);--> statement-breakpoint
-- Maintenance deletes what is out of date, whose ever it is, and reads no more than tells that it is.
DO $$
DECLARE dated record;
BEGIN
  FOR dated IN
    SELECT * FROM (VALUES
      ('sessions', 'expires_at, last_used_at'),
      ('invitations', 'expires_at'),
      ('message_statuses', 'created_at, company_id, account_id, wamid'),
      ('media_views', 'viewed_at, company_id, id'),
      ('audit_events', 'at, company_id, id'),
      ('webhook_quarantine', 'received_at'),
      ('rate_limits', 'expire')
    ) dated (name, columns)
  LOOP
    EXECUTE format('GRANT SELECT (ctid, %s), DELETE ON %I TO tapview_maintenance', dated.columns, dated.name);
    EXECUTE format('CREATE POLICY maintenance ON %I TO tapview_maintenance USING (true)', dated.name);
  END LOOP;
END $$;--> statement-breakpoint
GRANT SELECT ("company_id", "account_id", "wamid") ON "messages" TO "tapview_maintenance";--> statement-breakpoint
GRANT SELECT ("id") ON "companies" TO "tapview_maintenance";--> statement-breakpoint
CREATE POLICY "maintenance" ON "companies" FOR SELECT TO "tapview_maintenance" USING (true);--> statement-breakpoint
CREATE POLICY "maintenance" ON "messages" FOR SELECT TO "tapview_maintenance" USING (true);--> statement-breakpoint
-- Search. Under a policy PostgreSQL doesn't look into an index with an operator that might tell of rows which the
-- policy hides, as @@ might. So the words are looked up by functions with a role of their own, which put the company
-- in themselves. What is found is materialized to keep the company and the limit out of the choice of an index:
-- PostgreSQL plans for a company of average size, and would read all rows of a large one.
GRANT SELECT ON "messages", "contacts" TO "tapview_search";--> statement-breakpoint
CREATE POLICY "search" ON "messages" FOR SELECT TO "tapview_search" USING (true);--> statement-breakpoint
CREATE POLICY "search" ON "contacts" FOR SELECT TO "tapview_search" USING (true);--> statement-breakpoint
-- The newest of the company's messages with the words, on some accounts, before a place in time, within a span.
CREATE FUNCTION "search_messages"("words" tsquery, "accounts" bigint[], "before" timestamp with time zone, "before_id" bigint, "span_end" timestamp with time zone, "count" bigint)
RETURNS TABLE ("company_id" bigint, "id" bigint, "conversation_id" bigint, "account_id" bigint, "direction" text, "sender_contact_id" bigint, "type" text, "media_voice" boolean, "sent_at" timestamp with time zone, "text" text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT m.company_id, m.id, m.conversation_id, m.account_id, m.direction, m.sender_contact_id, m.type, m.media_voice, m.sent_at,
        m.body, m.media_caption, m.media_filename
      FROM messages m
      WHERE NOT m.hidden
        AND message_search(m.company_id, m.account_id, m.sent_at, m.body, m.media_caption, m.media_filename) @@ search_messages.words
    )
    SELECT m.company_id, m.id, m.conversation_id, m.account_id, m.direction, m.sender_contact_id, m.type, m.media_voice, m.sent_at,
      left(concat_ws(' ', m.body, m.media_caption, m.media_filename), 20000)
    FROM found m
    WHERE m.company_id = (SELECT current_company()) AND m.account_id = ANY (search_messages.accounts)
      AND (m.sent_at, m.id) < (search_messages.before, search_messages.before_id) AND m.sent_at < search_messages.span_end
    ORDER BY m.sent_at DESC, m.id DESC LIMIT search_messages.count;
END $$;--> statement-breakpoint
-- Some of the company's contacts with the words, or the part of a number.
CREATE FUNCTION "search_contacts"("words" tsquery, "count" bigint)
RETURNS TABLE ("id" bigint, "kind" text, "wa_id" text, "username" text, "name" text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH found AS MATERIALIZED (
      SELECT * FROM contacts c
      WHERE contact_search(c.company_id, c.name, c.username, c.wa_id) @@ search_contacts.words
    )
    SELECT c.id, c.kind, c.wa_id, c.username, c.name FROM found c
    WHERE c.company_id = (SELECT current_company()) LIMIT search_contacts.count;
END $$;--> statement-breakpoint
-- A function's new owner must be allowed to make one; no longer than this takes.
GRANT CREATE ON SCHEMA public TO "tapview_search";--> statement-breakpoint
ALTER FUNCTION "search_messages"(tsquery, bigint[], timestamp with time zone, bigint, timestamp with time zone, bigint) OWNER TO "tapview_search";--> statement-breakpoint
ALTER FUNCTION "search_contacts"(tsquery, bigint) OWNER TO "tapview_search";--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM "tapview_search";--> statement-breakpoint
REVOKE ALL ON FUNCTION "search_messages"(tsquery, bigint[], timestamp with time zone, bigint, timestamp with time zone, bigint), "search_contacts"(tsquery, bigint) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION "search_messages"(tsquery, bigint[], timestamp with time zone, bigint, timestamp with time zone, bigint), "search_contacts"(tsquery, bigint) TO "tapview_app";--> statement-breakpoint
-- Nobody works as that role. Where a superuser gave it, only a superuser can take it back.
DO $$ BEGIN
  REVOKE tapview_search FROM CURRENT_USER;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;
