CREATE TABLE "contact_identities" (
	"company_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	"contact_id" bigint NOT NULL,
	"ended_at" timestamp with time zone,
	CONSTRAINT "contact_identities_company_id_value_kind_pk" PRIMARY KEY("company_id","value","kind")
);
--> statement-breakpoint
CREATE TABLE "message_statuses" (
	"company_id" bigint NOT NULL,
	"account_id" bigint NOT NULL,
	"wamid" text NOT NULL,
	"recipient" text DEFAULT '' NOT NULL,
	"status" text NOT NULL,
	"rank" smallint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"error_code" integer,
	"error_title" text,
	"error_details" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "message_statuses_company_id_account_id_wamid_recipient_pk" PRIMARY KEY("company_id","account_id","wamid","recipient")
);
--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "kind" text DEFAULT 'person' NOT NULL;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "username" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "sender_contact_id" bigint;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "target_wamid" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "hidden" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "reply_to_wamid" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "forwarded" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "edited_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "revoked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "error_code" integer;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "error_title" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "referral" jsonb;--> statement-breakpoint
ALTER TABLE "contact_identities" ADD CONSTRAINT "contact_identities_contact_fk" FOREIGN KEY ("company_id","contact_id") REFERENCES "public"."contacts"("company_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_statuses" ADD CONSTRAINT "message_statuses_account_fk" FOREIGN KEY ("company_id","account_id") REFERENCES "public"."whatsapp_accounts"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_identities_contact_index" ON "contact_identities" USING btree ("company_id","contact_id");--> statement-breakpoint
CREATE INDEX "message_statuses_created_at_index" ON "message_statuses" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_sender_fk" FOREIGN KEY ("company_id","sender_contact_id") REFERENCES "public"."contacts"("company_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "messages_target_index" ON "messages" USING btree ("company_id","account_id","target_wamid") WHERE "messages"."target_wamid" is not null;--> statement-breakpoint
CREATE INDEX "messages_sender_index" ON "messages" USING btree ("company_id","sender_contact_id") WHERE "messages"."sender_contact_id" is not null;--> statement-breakpoint
INSERT INTO "contact_identities" ("company_id", "kind", "value", "contact_id")
SELECT "company_id", 'phone', "wa_id", "id" FROM "contacts" WHERE "wa_id" IS NOT NULL;
