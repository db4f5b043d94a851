CREATE TABLE `foldings` (
	`table_name` text PRIMARY KEY NOT NULL,
	`after_row` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `pages_by_title`;--> statement-breakpoint
ALTER TABLE `pages` ADD `folded` text;--> statement-breakpoint
CREATE INDEX `pages_by_title` ON `pages` (`site_id`,CASE WHEN "folded" ->> 'title' IS NULL THEN lower("title") ELSE "folded" ->> 'title' END,`id`);--> statement-breakpoint
DROP INDEX `sites_by_name`;--> statement-breakpoint
ALTER TABLE `sites` ADD `folded` text;--> statement-breakpoint
CREATE INDEX `sites_by_name` ON `sites` (`workspace_id`,`environment`,CASE WHEN "folded" ->> 'name' IS NULL THEN lower("name") ELSE "folded" ->> 'name' END,`id`);--> statement-breakpoint
ALTER TABLE `posts` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `coupons` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `products` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `api_keys` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `seo_issues` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `users` ADD `folded` text;--> statement-breakpoint
ALTER TABLE `webhook_endpoints` ADD `folded` text;
--> statement-breakpoint
-- Words of pages are indexed as the application folds and parts them: the index takes what stands between spaces as it is.
-- What older pages hold is indexed as it stands there, title and text, until `foldRows` has been through them.
DROP TABLE IF EXISTS pages_search;
--> statement-breakpoint
CREATE VIRTUAL TABLE pages_search USING fts5(
  site, title, search_text, content = 'pages', content_rowid = 'seq', tokenize = 'ascii'
);
--> statement-breakpoint
INSERT INTO pages_search (pages_search) VALUES ('rebuild');
--> statement-breakpoint
INSERT OR IGNORE INTO foldings (table_name, after_row) VALUES
  ('api_keys', 0), ('coupons', 0), ('orders', 0), ('pages', 0), ('posts', 0), ('products', 0), ('seo_issues', 0),
  ('sites', 0), ('users', 0), ('webhook_endpoints', 0), ('workspaces', 0);
