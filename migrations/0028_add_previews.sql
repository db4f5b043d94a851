CREATE TABLE `previews` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`page_id` text,
	`label` text,
	`hash` text NOT NULL,
	`key_id` integer,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `previews_hash_unique` ON `previews` (`hash`);--> statement-breakpoint
CREATE INDEX `previews_by_creation` ON `previews` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `previews_of_page` ON `previews` (`site_id`,`page_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `previews_expired` ON `previews` (`expires_at`);
--> statement-breakpoint
CREATE TRIGGER previews_counted_insert AFTER INSERT ON previews BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'previews', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER previews_counted_delete AFTER DELETE ON previews BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'previews';
END;