CREATE TABLE `push_recipients` (
	`campaign_id` text NOT NULL,
	`subscriber_id` text NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`status` text NOT NULL,
	`attempts` integer NOT NULL,
	`try_id` text,
	`status_at` integer NOT NULL,
	`error` text,
	PRIMARY KEY(`campaign_id`, `subscriber_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `push_recipients_by_status` ON `push_recipients` (`campaign_id`,`status`,`subscriber_id`);--> statement-breakpoint
CREATE TABLE `push_campaigns` (
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
	`status` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`html` text,
	`url` text,
	`icon` text,
	`audience` text NOT NULL,
	`ttl_seconds` integer NOT NULL,
	`urgency` text NOT NULL,
	`topic` text,
	`scheduled_at` integer,
	`started_at` integer,
	`finished_at` integer,
	`origin` text NOT NULL,
	`job_id` text,
	`recipient_count` integer NOT NULL,
	`queued_count` integer NOT NULL,
	`sent_count` integer NOT NULL,
	`failed_count` integer NOT NULL,
	`gone_count` integer NOT NULL,
	`unconfirmed_count` integer NOT NULL,
	`suppressed_count` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `push_campaigns_by_creation` ON `push_campaigns` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `push_campaigns_by_update` ON `push_campaigns` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `push_campaigns_by_status` ON `push_campaigns` (`site_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `push_campaigns_due` ON `push_campaigns` (`scheduled_at`) WHERE "push_campaigns"."status" = 'scheduled';--> statement-breakpoint
CREATE INDEX `push_campaigns_due_in_workspace` ON `push_campaigns` (`workspace_id`,`environment`,`scheduled_at`) WHERE "push_campaigns"."status" = 'scheduled';--> statement-breakpoint
CREATE TABLE `push_subscriptions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`endpoint_hash` text NOT NULL,
	`sealed` text NOT NULL,
	`host` text NOT NULL,
	`locale` text,
	`topics` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `push_subscriptions_endpoint` ON `push_subscriptions` (`site_id`,`endpoint_hash`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_by_creation` ON `push_subscriptions` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_by_update` ON `push_subscriptions` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `push_subscriptions_audience` ON `push_subscriptions` (`site_id`,`id`);--> statement-breakpoint
CREATE TABLE `push_keys` (
	`site_id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`public_key` text NOT NULL,
	`private_key` text NOT NULL
);

--> statement-breakpoint
CREATE TRIGGER push_subscriptions_counted_insert AFTER INSERT ON push_subscriptions BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'push_subscriptions', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER push_subscriptions_counted_delete AFTER DELETE ON push_subscriptions BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'push_subscriptions';
END;
--> statement-breakpoint
CREATE TRIGGER push_campaigns_counted_insert AFTER INSERT ON push_campaigns BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'push_campaigns:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER push_campaigns_counted_delete AFTER DELETE ON push_campaigns BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'push_campaigns:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER push_campaigns_counted_status AFTER UPDATE OF status ON push_campaigns WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'push_campaigns:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'push_campaigns:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;