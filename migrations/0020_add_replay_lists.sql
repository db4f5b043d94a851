ALTER TABLE `webhook_endpoints` ADD `replay_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `webhook_replays` ADD `cancelled_at` integer;