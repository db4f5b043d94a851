DROP INDEX `posts_slug`;--> statement-breakpoint
CREATE UNIQUE INDEX `posts_slug_siteless` ON `posts` (`workspace_id`,`environment`,`slug`) WHERE "posts"."site_id" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `posts_slug` ON `posts` (`site_id`,`slug`);
--> statement-breakpoint
DROP INDEX `sites_domain`;--> statement-breakpoint
ALTER TABLE `sites` ADD `domain_claimed_at` integer;--> statement-breakpoint
ALTER TABLE `sites` ADD `domain_verified_at` integer;--> statement-breakpoint
ALTER TABLE `sites` ADD `domain_check_at` integer;--> statement-breakpoint
CREATE INDEX `sites_domain_checks` ON `sites` (`domain_check_at`) WHERE "sites"."domain_check_at" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `sites_domain` ON `sites` (`environment`,`domain`) WHERE "sites"."domain_verified_at" IS NOT NULL;
--> statement-breakpoint
-- Domains set before there were proofs are served for as long as a proof that is not seen again: ten days. Their owners set
-- the record until then.
UPDATE sites SET domain_claimed_at = updated_at, domain_verified_at = unixepoch() * 1000, domain_check_at = unixepoch() * 1000
  WHERE domain IS NOT NULL AND domain_claimed_at IS NULL;

--> statement-breakpoint
CREATE INDEX `pages_placed` ON `pages` (`site_id`,`locale`) WHERE ("pages"."navigation" ->> '$.label' IS NOT NULL OR "pages"."navigation" ->> '$.order' <> 0);