CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`channel` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`template_id` text,
	`status` text NOT NULL,
	`reason` text,
	`attempts` integer NOT NULL,
	`mail_id` text,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `messages_by_creation` ON `messages` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `messages_by_update` ON `messages` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `messages_by_status` ON `messages` (`site_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `messages_by_mail` ON `messages` (`mail_id`);--> statement-breakpoint
CREATE INDEX `messages_age` ON `messages` (`created_at`);--> statement-breakpoint
CREATE TABLE `message_templates` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`name` text NOT NULL,
	`channel` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`html` text,
	`variables` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `message_templates_name` ON `message_templates` (`site_id`,`name`);--> statement-breakpoint
CREATE INDEX `message_templates_by_creation` ON `message_templates` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `message_templates_by_update` ON `message_templates` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `message_templates_by_name` ON `message_templates` (`site_id`,CASE WHEN "folded" ->> 'name' IS NULL THEN lower("name") ELSE "folded" ->> 'name' END,`id`);
--> statement-breakpoint
CREATE TRIGGER message_templates_counted_insert AFTER INSERT ON message_templates BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'message_templates', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER message_templates_counted_delete AFTER DELETE ON message_templates BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'message_templates';
END;
--> statement-breakpoint
CREATE TRIGGER messages_counted_insert AFTER INSERT ON messages BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'messages:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER messages_counted_delete AFTER DELETE ON messages BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'messages:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER messages_counted_status AFTER UPDATE OF status ON messages WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'messages:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'messages:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;