ALTER TABLE "media_views" ADD COLUMN "tap" bigint;--> statement-breakpoint
ALTER TABLE "media_views" ADD COLUMN "requests" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "media_views" ADD COLUMN "seen" text;--> statement-breakpoint
CREATE UNIQUE INDEX "media_views_tap_unique" ON "media_views" USING btree ("company_id","user_id","media_id","tap") WHERE "media_views"."tap" is not null;--> statement-breakpoint
GRANT UPDATE (status, requests, bytes, outcome, seen) ON media_views TO tapview_app;
