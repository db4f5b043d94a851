DROP INDEX `sites_domain`;--> statement-breakpoint
ALTER TABLE `sites` ADD `domain_claimed_at` integer;--> statement-breakpoint
ALTER TABLE `sites` ADD `domain_verified_at` integer;--> statement-breakpoint
ALTER TABLE `sites` ADD `domain_check_at` integer;--> statement-breakpoint
CREATE INDEX `sites_domain_checks` ON `sites` (`domain_check_at`) WHERE "sites"."domain_check_at" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `sites_domain` ON `sites` (`environment`,`domain`) WHERE "sites"."domain_verified_at" IS NOT NULL;