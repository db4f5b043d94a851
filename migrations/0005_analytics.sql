CREATE TABLE `analytics_events` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`day` text NOT NULL,
	`type` text NOT NULL,
	`path` text NOT NULL,
	`referrer_host` text,
	`device` text NOT NULL,
	`visitor` text NOT NULL,
	`session` text,
	`properties` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `analytics_events_by_day` ON `analytics_events` (`site_id`,`day`,`type`);--> statement-breakpoint
CREATE TABLE `analytics_salts` (
	`day` text PRIMARY KEY NOT NULL,
	`salt` text NOT NULL
);
