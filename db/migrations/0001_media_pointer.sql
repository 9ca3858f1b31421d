ALTER TABLE "messages" ADD COLUMN "media_id" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "media_mime_type" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "media_caption" text;--> statement-breakpoint
-- A lookaside URL carries the media id as mid=; any other host's URL names nothing WhatsApp could look up.
UPDATE "messages" SET "media_id" = substring("media_url" from '[?&]mid=([A-Za-z0-9_-]{1,128})(?:[&#]|$)')
WHERE "media_url" ~* '^https://lookaside\.fbsbx\.com/';
--> statement-breakpoint
-- media_type held a MIME type in some rows and a bare kind ("image") in others.
UPDATE "messages" SET "media_mime_type" = lower("media_type") WHERE "media_type" LIKE '%_/_%';
