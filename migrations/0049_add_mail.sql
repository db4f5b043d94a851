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
CREATE INDEX `message_templates_by_name` ON `message_templates` (`site_id`,CASE WHEN "folded" ->> 'name' IS NULL THEN lower("name") ELSE "folded" ->> 'name' END,`id`);--> statement-breakpoint
CREATE TABLE `mail_subscribers` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`email` text NOT NULL,
	`status` text NOT NULL,
	`topics` text NOT NULL,
	`locale` text,
	`source` text NOT NULL,
	`consent_at` integer,
	`unsubscribed_at` integer,
	`asked_at` integer NOT NULL,
	`reminded_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mail_subscribers_email` ON `mail_subscribers` (`site_id`,`email`);--> statement-breakpoint
CREATE INDEX `mail_subscribers_by_email` ON `mail_subscribers` (`site_id`,CASE WHEN "folded" ->> 'email' IS NULL THEN lower("email") ELSE "folded" ->> 'email' END);--> statement-breakpoint
CREATE INDEX `mail_subscribers_by_creation` ON `mail_subscribers` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `mail_subscribers_by_update` ON `mail_subscribers` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `mail_subscribers_by_status` ON `mail_subscribers` (`site_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `mail_subscribers_audience` ON `mail_subscribers` (`site_id`,`id`) WHERE "mail_subscribers"."status" = 'active';--> statement-breakpoint
CREATE INDEX `mail_subscribers_unconfirmed` ON `mail_subscribers` (`asked_at`) WHERE "mail_subscribers"."status" = 'pending';--> statement-breakpoint
CREATE INDEX `mail_suppressions_by_email` ON `mail_suppressions` (`site_id`,CASE WHEN "folded" ->> 'email' IS NULL THEN lower("email") ELSE "folded" ->> 'email' END);--> statement-breakpoint
CREATE INDEX `mail_suppressions_by_reason` ON `mail_suppressions` (`site_id`,`reason`,`created_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER mail_subscribers_counted_insert AFTER INSERT ON mail_subscribers BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'mail_subscribers:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER mail_subscribers_counted_delete AFTER DELETE ON mail_subscribers BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'mail_subscribers:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER mail_subscribers_counted_status AFTER UPDATE OF status ON mail_subscribers WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'mail_subscribers:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'mail_subscribers:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER mail_suppressions_counted_insert AFTER INSERT ON mail_suppressions BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'mail_suppressions:' || NEW.reason, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER mail_suppressions_counted_delete AFTER DELETE ON mail_suppressions BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'mail_suppressions:' || OLD.reason;
END;
--> statement-breakpoint
CREATE TRIGGER mail_suppressions_counted_reason AFTER UPDATE OF reason ON mail_suppressions WHEN OLD.reason <> NEW.reason BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'mail_suppressions:' || OLD.reason;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'mail_suppressions:' || NEW.reason, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
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