CREATE TABLE `webhook_deliveries` (
	`endpoint_id` integer NOT NULL,
	`event_seq` integer NOT NULL,
	`event_id` text NOT NULL,
	`event_type` text NOT NULL,
	`status` text NOT NULL,
	`attempt` integer NOT NULL,
	`round` integer NOT NULL,
	`attempts` text NOT NULL,
	`next_attempt_at` integer,
	`response_code` integer,
	`delivered_at` integer,
	`replay_id` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`endpoint_id`, `event_seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_due` ON `webhook_deliveries` (`endpoint_id`,`next_attempt_at`) WHERE "webhook_deliveries"."next_attempt_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text,
	`url` text NOT NULL,
	`description` text,
	`events` text NOT NULL,
	`is_active` integer NOT NULL,
	`inactive_reason` text,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_until` integer,
	`actor` text NOT NULL,
	`key_id` integer,
	`access_type` text NOT NULL,
	`success_count` integer DEFAULT 0 NOT NULL,
	`failure_count` integer DEFAULT 0 NOT NULL,
	`consecutive_failures` integer DEFAULT 0 NOT NULL,
	`failing_since` integer,
	`last_delivery_at` integer,
	`settled_count` integer DEFAULT 0 NOT NULL,
	`lease_id` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	`rest_until` integer DEFAULT 0 NOT NULL,
	`pace` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer
);
--> statement-breakpoint
CREATE INDEX `webhook_endpoints_by_workspace` ON `webhook_endpoints` (`workspace_id`,`environment`,`id`) WHERE "webhook_endpoints"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_by_site` ON `webhook_endpoints` (`workspace_id`,`environment`,`site_id`,`id`) WHERE "webhook_endpoints"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_deleted` ON `webhook_endpoints` (`deleted_at`) WHERE "webhook_endpoints"."deleted_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `webhook_replays` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`endpoint_id` integer NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`status` text NOT NULL,
	`after_seq` integer NOT NULL,
	`last_seq` integer NOT NULL,
	`queued` integer NOT NULL,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `webhook_replays_running` ON `webhook_replays` (`id`) WHERE "webhook_replays"."finished_at" IS NULL;--> statement-breakpoint
CREATE INDEX `webhook_replays_by_endpoint` ON `webhook_replays` (`endpoint_id`,`id`);