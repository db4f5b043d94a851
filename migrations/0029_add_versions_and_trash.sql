CREATE TABLE `trash` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`scope` text NOT NULL,
	`site_id` text,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`folded` text,
	`version` integer NOT NULL,
	`links` text,
	`deleted_by` text NOT NULL,
	`deleted_at` integer NOT NULL,
	`purge_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `trash_by_scope` ON `trash` (`scope`,`deleted_at`,`id`);--> statement-breakpoint
CREATE INDEX `trash_by_workspace` ON `trash` (`workspace_id`,`environment`);--> statement-breakpoint
CREATE INDEX `trash_by_age` ON `trash` (`purge_at`);--> statement-breakpoint
CREATE TABLE `versions` (
	`seq` integer PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`kind` text NOT NULL,
	`item_id` text NOT NULL,
	`version` integer NOT NULL,
	`change` text,
	`changed_at` integer NOT NULL,
	`replaced_at` integer NOT NULL,
	`content` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `versions_of_item` ON `versions` (`workspace_id`,`environment`,`item_id`,`version`);--> statement-breakpoint
ALTER TABLE `pages` ADD `change` text;--> statement-breakpoint
ALTER TABLE `posts` ADD `change` text;--> statement-breakpoint
ALTER TABLE `coupons` ADD `change` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `change` text;--> statement-breakpoint
ALTER TABLE `products` ADD `change` text;
--> statement-breakpoint
CREATE TRIGGER trash_counted_insert AFTER INSERT ON trash BEGIN
  INSERT INTO collection_counts VALUES (NEW.scope, 'trash:' || NEW.kind, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER trash_counted_delete AFTER DELETE ON trash BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.scope AND name = 'trash:' || OLD.kind;
END;
