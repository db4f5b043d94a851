CREATE TABLE `custom_usage` (
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`feature` text NOT NULL,
	`period` text NOT NULL,
	`used` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `environment`, `period`, `feature`)
);
--> statement-breakpoint
CREATE TABLE `posts` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text,
	`author_id` integer,
	`title` text NOT NULL,
	`slug` text NOT NULL,
	`excerpt` text,
	`content` text NOT NULL,
	`status` text NOT NULL,
	`tags` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `posts_slug` ON `posts` (`workspace_id`,`environment`,`slug`);--> statement-breakpoint
CREATE INDEX `posts_by_workspace` ON `posts` (`workspace_id`,`environment`,`id`);--> statement-breakpoint
CREATE TABLE `seo_issues` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`report_id` integer NOT NULL,
	`url` text NOT NULL,
	`issue_type` text NOT NULL,
	`severity` text NOT NULL,
	`details` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `seo_issues_by_workspace` ON `seo_issues` (`workspace_id`,`environment`,`id`);--> statement-breakpoint
CREATE INDEX `seo_issues_by_url` ON `seo_issues` (`workspace_id`,`environment`,`url`);--> statement-breakpoint
CREATE TABLE `seo_reports` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`url` text NOT NULL,
	`scores` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `seo_reports_by_workspace` ON `seo_reports` (`workspace_id`,`environment`,`id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`workspace_id`,`email`);--> statement-breakpoint
CREATE INDEX `users_by_workspace` ON `users` (`workspace_id`,`id`);