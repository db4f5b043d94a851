CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`filename` text NOT NULL,
	`url` text NOT NULL,
	`type` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL,
	`width` integer,
	`height` integer,
	`color` text,
	`alt` text NOT NULL,
	`focal_point` text,
	`folder` text
);
--> statement-breakpoint
CREATE INDEX `media_by_creation` ON `media` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `media_by_update` ON `media` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `media_by_type` ON `media` (`site_id`,`type`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `media_by_folder` ON `media` (`site_id`,CASE WHEN "folded" ->> 'folder' IS NULL THEN lower("folder") ELSE "folded" ->> 'folder' END,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `media_uploads` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`filename` text NOT NULL,
	`size` integer NOT NULL,
	`actor` text NOT NULL,
	`key_id` integer,
	`due_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `media_uploads_due` ON `media_uploads` (`due_at`);--> statement-breakpoint
CREATE INDEX `media_uploads_by_workspace` ON `media_uploads` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `media_uses` (
	`media_id` text NOT NULL,
	`place` text NOT NULL,
	`place_id` text NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text,
	PRIMARY KEY(`media_id`, `place`, `place_id`)
);
--> statement-breakpoint
CREATE INDEX `media_uses_by_place` ON `media_uses` (`workspace_id`,`place`,`place_id`);
--> statement-breakpoint
CREATE TRIGGER media_counted_insert AFTER INSERT ON media BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'media:' || NEW.type, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER media_counted_delete AFTER DELETE ON media BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'media:' || OLD.type;
END;
--> statement-breakpoint
CREATE TRIGGER media_counted_type AFTER UPDATE OF type ON media WHEN OLD.type <> NEW.type BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'media:' || OLD.type;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'media:' || NEW.type, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
-- What the plan limits as storage: the bytes of files, and of uploads that have room kept for them.
CREATE TRIGGER media_storage_insert AFTER INSERT ON media BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'storage', NEW.size)
    ON CONFLICT DO UPDATE SET n = n + NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER media_storage_delete AFTER DELETE ON media BEGIN
  UPDATE collection_counts SET n = n - OLD.size
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'storage';
END;
--> statement-breakpoint
CREATE TRIGGER media_uploads_storage_insert AFTER INSERT ON media_uploads BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'storage', NEW.size)
    ON CONFLICT DO UPDATE SET n = n + NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER media_uploads_storage_delete AFTER DELETE ON media_uploads BEGIN
  UPDATE collection_counts SET n = n - OLD.size
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'storage';
END;
