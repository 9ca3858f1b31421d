CREATE TABLE "message_files" (
	"company_id" bigint NOT NULL,
	"message_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"account_id" bigint NOT NULL,
	"media_id" text NOT NULL,
	"kind" text NOT NULL,
	"mime_type" text,
	"sha256" text,
	"filename" text,
	"size" bigint,
	"viewed_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_files_company_id_message_id_position_pk" PRIMARY KEY("company_id","message_id","position")
);
--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "media_edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "message_files" ADD CONSTRAINT "message_files_message_fk" FOREIGN KEY ("company_id","message_id") REFERENCES "public"."messages"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_files" ADD CONSTRAINT "message_files_account_fk" FOREIGN KEY ("company_id","account_id") REFERENCES "public"."whatsapp_accounts"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_files_media_id_index" ON "message_files" USING btree ("company_id","media_id");--> statement-breakpoint
CREATE INDEX "message_files_unviewed_index" ON "message_files" USING btree ("company_id","account_id","created_at","message_id","position") WHERE "message_files"."viewed_at" is null;--> statement-breakpoint
-- The files of a form's answer that came before, as app/models/messages/details/form.ts reads them. They were kept
-- within the answer's text, which may be anything.
CREATE FUNCTION "files_of_form"("answer" text)
RETURNS TABLE ("place" bigint, "id" text, "mime_type" text, "sha256" text, "filename" text) LANGUAGE plpgsql AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
    SELECT row_number() OVER (ORDER BY field.n, one.n), one.file ->> 'id',
      nullif(left(one.file ->> 'mime_type', 256), ''),
      CASE
        WHEN one.file ->> 'sha256' ~* '^[0-9a-f]{64}$' THEN lower(one.file ->> 'sha256')
        WHEN one.file ->> 'sha256' ~ '^[A-Za-z0-9+/_-]{43}=?$'
          THEN encode(decode(translate(left(one.file ->> 'sha256', 43), '-_', '+/') || '=', 'base64'), 'hex')
      END,
      nullif(btrim(regexp_replace(left(one.file ->> 'file_name', 256), '[\u0001-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]', '', 'g')), '')
    FROM json_each(answer::json) WITH ORDINALITY field (name, value, n)
    CROSS JOIN LATERAL json_array_elements(
      CASE json_typeof(field.value) WHEN 'array' THEN field.value ELSE json_build_array(field.value) END
    ) WITH ORDINALITY one (file, n)
    WHERE field.name NOT IN ('flow_token', 'wa_flow_response_params') AND json_typeof(one.file) = 'object'
      AND (one.file -> 'mime_type' IS NOT NULL OR one.file -> 'file_name' IS NOT NULL
        OR (one.file -> 'sha256' IS NOT NULL AND one.file -> 'id' IS NOT NULL));
EXCEPTION WHEN OTHERS THEN RETURN;
END $$;--> statement-breakpoint
ALTER TABLE "messages" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "message_files" ("company_id", "message_id", "position", "account_id", "media_id", "kind", "mime_type", "sha256", "filename", "created_at")
SELECT DISTINCT ON (m."company_id", m."id", f."id") m."company_id", m."id", f."place", m."account_id", f."id",
  coalesce(substring(lower(f."mime_type") FROM '^(image|video|audio)/'), 'document'), f."mime_type", f."sha256", f."filename", m."created_at"
FROM "messages" m CROSS JOIN LATERAL "files_of_form"(m."payload" #>> '{nfm_reply,response_json}') f
WHERE m."type" = 'interactive' AND m."payload" ->> 'type' = 'nfm_reply'
  AND length(m."payload" #>> '{nfm_reply,response_json}') <= 400000
  AND f."id" ~ '^[A-Za-z0-9_-]{1,128}$' AND f."place" <= 100
ORDER BY m."company_id", m."id", f."id", f."place";--> statement-breakpoint
UPDATE "messages" m SET "media_filename" = f."names"
FROM (
  SELECT "company_id", "message_id", left(string_agg("filename", ', ' ORDER BY "position"), 4096) AS "names"
  FROM "message_files" GROUP BY 1, 2
) f
WHERE m."company_id" = f."company_id" AND m."id" = f."message_id" AND f."names" IS NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
DROP FUNCTION "files_of_form"(text);--> statement-breakpoint
ALTER TABLE "message_files" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "message_files" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "company" ON "message_files" TO "tapview_app" USING ("company_id" = (SELECT current_company()));--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "message_files" TO "tapview_app";
