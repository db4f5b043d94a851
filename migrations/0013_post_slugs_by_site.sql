DROP INDEX `posts_slug`;--> statement-breakpoint
CREATE UNIQUE INDEX `posts_slug_siteless` ON `posts` (`workspace_id`,`environment`,`slug`) WHERE "posts"."site_id" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `posts_slug` ON `posts` (`site_id`,`slug`);