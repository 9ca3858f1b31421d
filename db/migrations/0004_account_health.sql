ALTER TABLE "whatsapp_accounts" ADD COLUMN "token_refused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "whatsapp_accounts" ADD COLUMN "token_refused_reason" text;