ALTER TABLE `webhook_endpoints` ADD `pauses_at` integer;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_by_key` ON `webhook_endpoints` (`key_id`) WHERE "webhook_endpoints"."key_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_pausing` ON `webhook_endpoints` (`pauses_at`) WHERE "webhook_endpoints"."pauses_at" IS NOT NULL;