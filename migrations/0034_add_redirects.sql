CREATE TABLE `redirects` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`from_path` text NOT NULL,
	`to_address` text NOT NULL,
	`target_path` text,
	`status` integer NOT NULL,
	CONSTRAINT "redirects_lead_on" CHECK("redirects"."target_path" IS NULL OR "redirects"."target_path" <> "redirects"."from_path")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `redirects_from` ON `redirects` (`site_id`,`from_path`);--> statement-breakpoint
CREATE INDEX `redirects_target` ON `redirects` (`site_id`,`target_path`);--> statement-breakpoint
CREATE INDEX `redirects_by_creation` ON `redirects` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `redirects_by_update` ON `redirects` (`site_id`,`updated_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER redirects_counted_insert AFTER INSERT ON redirects BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'redirects', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER redirects_counted_delete AFTER DELETE ON redirects BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'redirects';
END;