CREATE TABLE `mails` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`recipient` text,
	`recipient_hash` text,
	`subject` text NOT NULL,
	`content` text,
	`attempts` integer NOT NULL,
	`lease_id` text,
	`due_at` integer,
	`provider_id` text,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `mails_due` ON `mails` (`due_at`) WHERE "mails"."due_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_due_in_workspace` ON `mails` (`workspace_id`,`environment`,`due_at`) WHERE "mails"."due_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_finished` ON `mails` (`finished_at`) WHERE "mails"."finished_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_by_provider` ON `mails` (`provider_id`) WHERE "mails"."provider_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `mails_by_recipient` ON `mails` (`recipient_hash`,`finished_at`) WHERE "mails"."recipient_hash" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `mail_suppressions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`email` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mail_suppressions_email` ON `mail_suppressions` (`site_id`,`email`);--> statement-breakpoint
CREATE INDEX `mail_suppressions_by_creation` ON `mail_suppressions` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `mail_suppressions_by_update` ON `mail_suppressions` (`site_id`,`updated_at`,`id`);