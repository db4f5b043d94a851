CREATE TABLE `deployments` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`number` integer,
	`status` text NOT NULL,
	`page_count` integer,
	`changes` text,
	`actor` text NOT NULL,
	`created_at` integer NOT NULL,
	`scheduled_at` integer,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deployments_number` ON `deployments` (`site_id`,`number`);--> statement-breakpoint
CREATE INDEX `deployments_by_creation` ON `deployments` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `deployments_due` ON `deployments` (`status`,`scheduled_at`);--> statement-breakpoint
CREATE TABLE `frozen_pages` (
	`site_id` text NOT NULL,
	`page_id` text NOT NULL,
	`first_number` integer NOT NULL,
	`end_number` integer,
	`page_version` integer NOT NULL,
	`locale` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`page` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `frozen_pages_key` ON `frozen_pages` (`site_id`,`page_id`,`first_number`);--> statement-breakpoint
CREATE INDEX `frozen_pages_current` ON `frozen_pages` (`site_id`,`end_number`);--> statement-breakpoint
CREATE TABLE `health_checks` (
	`service` text NOT NULL,
	`day` text NOT NULL,
	`passed` integer NOT NULL,
	`failed` integer NOT NULL,
	PRIMARY KEY(`service`, `day`)
);
--> statement-breakpoint
CREATE TABLE `pages` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`title` text NOT NULL,
	`slug` text NOT NULL,
	`status` text NOT NULL,
	`locale` text NOT NULL,
	`translation_of` text,
	`parent_id` text,
	`blocks` text NOT NULL,
	`seo` text NOT NULL,
	`navigation` text NOT NULL,
	`search_text` text NOT NULL,
	`site` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pages_id_unique` ON `pages` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `pages_slug` ON `pages` (`site_id`,`locale`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `pages_translation` ON `pages` (`translation_of`,`locale`);--> statement-breakpoint
CREATE INDEX `pages_by_update` ON `pages` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `pages_by_creation` ON `pages` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `pages_by_title` ON `pages` (`site_id`,lower("title"),`id`);--> statement-breakpoint
CREATE INDEX `pages_by_parent` ON `pages` (`parent_id`);--> statement-breakpoint
CREATE TABLE `sites` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`domain` text,
	`status` text NOT NULL,
	`locale` text NOT NULL,
	`locales` text NOT NULL,
	`settings` text NOT NULL,
	`design_tokens` text NOT NULL,
	`live_deployment_id` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sites_id_unique` ON `sites` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `sites_slug` ON `sites` (`environment`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `sites_domain` ON `sites` (`environment`,`domain`);--> statement-breakpoint
CREATE INDEX `sites_by_update` ON `sites` (`workspace_id`,`environment`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `sites_by_creation` ON `sites` (`workspace_id`,`environment`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `sites_by_name` ON `sites` (`workspace_id`,`environment`,lower("name"),`id`);--> statement-breakpoint
CREATE TABLE `api_keys` (
	`id` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`name` text NOT NULL,
	`contact_email` text,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text,
	`rights` text,
	`site_ids` text,
	`access_type` text NOT NULL,
	`attributes` text,
	`channels` text,
	`allowed_ips` text,
	`rate_limit_tier` text,
	`monthly_cap` integer,
	`is_active` integer NOT NULL,
	`expires_at` integer,
	`ends_at` integer,
	`revoked_at` integer,
	`rotated_from` integer,
	`rotated_to` integer,
	`last_used_at` integer,
	`last_used_ip` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash_unique` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_by_workspace` ON `api_keys` (`workspace_id`,`id`) WHERE "api_keys"."revoked_at" IS NULL;--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`contract_tier` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` integer PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`tier` text NOT NULL,
	`settings` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	`purged_rows` integer DEFAULT 0 NOT NULL,
	`purged_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `accounts`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `workspaces_slug_unique` ON `workspaces` (`slug`);--> statement-breakpoint
CREATE TABLE `audit_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target_type` text NOT NULL,
	`target_id` text NOT NULL,
	`before` text,
	`after` text,
	`ip` text NOT NULL,
	`request_id` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_log_by_workspace` ON `audit_log` (`workspace_id`,`environment`,`seq`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text,
	`type` text NOT NULL,
	`data` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id_unique` ON `events` (`id`);--> statement-breakpoint
CREATE INDEX `events_by_workspace` ON `events` (`workspace_id`,`environment`,`seq`);--> statement-breakpoint
CREATE TABLE `idempotency_records` (
	`key_id` integer NOT NULL,
	`idempotency_key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`status` integer NOT NULL,
	`headers` text NOT NULL,
	`sealed_body` text NOT NULL,
	`expires_at` integer NOT NULL,
	PRIMARY KEY(`key_id`, `idempotency_key`)
);
--> statement-breakpoint
CREATE INDEX `idempotency_records_expiry` ON `idempotency_records` (`expires_at`);