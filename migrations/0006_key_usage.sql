CREATE TABLE `key_usage` (
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`key_id` integer NOT NULL,
	`day` text NOT NULL,
	`shard` integer NOT NULL,
	`calls` integer NOT NULL,
	PRIMARY KEY(`key_id`, `day`, `shard`)
);
--> statement-breakpoint
CREATE INDEX `key_usage_by_workspace` ON `key_usage` (`workspace_id`,`day`);--> statement-breakpoint
ALTER TABLE `api_keys` ADD `last_used_user_agent` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `used_scopes` text;