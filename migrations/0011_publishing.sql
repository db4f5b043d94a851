CREATE TABLE `discarded_objects` (
	`key` text PRIMARY KEY NOT NULL,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `discarded_objects_due` ON `discarded_objects` (`due_at`);--> statement-breakpoint
CREATE TABLE `renders` (
	`deployment_id` text NOT NULL,
	`page_id` text NOT NULL,
	`page_version` integer NOT NULL,
	`key` text NOT NULL,
	PRIMARY KEY(`deployment_id`, `page_id`, `page_version`)
);
--> statement-breakpoint
ALTER TABLE `deployments` ADD `only_pages` text;--> statement-breakpoint
ALTER TABLE `deployments` ADD `progress` text;--> statement-breakpoint
ALTER TABLE `frozen_pages` ADD `kind` text DEFAULT 'page' NOT NULL;--> statement-breakpoint
ALTER TABLE `frozen_pages` ADD `rendered` text;--> statement-breakpoint
ALTER TABLE `frozen_pages` ADD `rendering` integer;--> statement-breakpoint
CREATE INDEX `frozen_pages_address` ON `frozen_pages` (`site_id`,`locale`,`slug`);--> statement-breakpoint
ALTER TABLE `pages` ADD `publish_at` integer;--> statement-breakpoint
CREATE INDEX `pages_due` ON `pages` (`publish_at`) WHERE "pages"."publish_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `posts_by_site` ON `posts` (`site_id`,`status`);