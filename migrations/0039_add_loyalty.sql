CREATE TABLE `loyalty_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`member_id` text NOT NULL,
	`number` integer NOT NULL,
	`kind` text NOT NULL,
	`points` integer NOT NULL,
	`balance_after` integer NOT NULL,
	`lifetime` integer NOT NULL,
	`description` text NOT NULL,
	`order_id` text,
	`redemption_id` text,
	`first_entry_id` text,
	`remaining` integer NOT NULL,
	`reversed` integer NOT NULL,
	`shortfall` integer NOT NULL,
	`active_at` integer,
	`expires_at` integer,
	`terms` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "loyalty_entries_remaining" CHECK(remaining BETWEEN 0 AND max(points, 0)),
	CONSTRAINT "loyalty_entries_reversed" CHECK(reversed BETWEEN 0 AND abs(points)),
	CONSTRAINT "loyalty_entries_balance" CHECK(balance_after >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loyalty_entries_of_member` ON `loyalty_entries` (`member_id`,`number`);--> statement-breakpoint
CREATE INDEX `loyalty_entries_lots` ON `loyalty_entries` (`member_id`,`expires_at`) WHERE "loyalty_entries"."remaining" > 0;--> statement-breakpoint
CREATE UNIQUE INDEX `loyalty_entries_order` ON `loyalty_entries` (`order_id`) WHERE "loyalty_entries"."kind" = 'earn';--> statement-breakpoint
CREATE INDEX `loyalty_entries_by_creation` ON `loyalty_entries` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `loyalty_members` (
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
	`name` text,
	`points` integer NOT NULL,
	`pending_points` integer NOT NULL,
	`lifetime_points` integer NOT NULL,
	`tier` text,
	`entry_count` integer NOT NULL,
	`changes_at` integer,
	CONSTRAINT "loyalty_members_points" CHECK(points >= 0 AND pending_points >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loyalty_members_email` ON `loyalty_members` (`site_id`,`email`);--> statement-breakpoint
CREATE INDEX `loyalty_members_by_email` ON `loyalty_members` (`site_id`,CASE WHEN "folded" ->> 'email' IS NULL THEN lower("email") ELSE "folded" ->> 'email' END);--> statement-breakpoint
CREATE INDEX `loyalty_members_by_creation` ON `loyalty_members` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `loyalty_members_by_update` ON `loyalty_members` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `loyalty_members_by_lifetime` ON `loyalty_members` (`site_id`,`lifetime_points`,`id`);--> statement-breakpoint
CREATE INDEX `loyalty_members_due` ON `loyalty_members` (`changes_at`) WHERE "loyalty_members"."changes_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `loyalty_redemptions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`member_id` text NOT NULL,
	`reward_id` text NOT NULL,
	`reward_title` text NOT NULL,
	`cost` integer NOT NULL,
	`code` text NOT NULL,
	`status` text NOT NULL,
	`entry_id` text NOT NULL,
	`fulfilled_at` integer,
	`cancelled_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loyalty_redemptions_code` ON `loyalty_redemptions` (`site_id`,`code`);--> statement-breakpoint
CREATE INDEX `loyalty_redemptions_by_creation` ON `loyalty_redemptions` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `loyalty_redemptions_of_member` ON `loyalty_redemptions` (`member_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `loyalty_rewards` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`title` text NOT NULL,
	`description` text,
	`image` text,
	`cost` integer NOT NULL,
	`stock` integer,
	`active` integer NOT NULL,
	CONSTRAINT "loyalty_rewards_stock" CHECK(stock IS NULL OR stock >= 0)
);
--> statement-breakpoint
CREATE INDEX `loyalty_rewards_by_creation` ON `loyalty_rewards` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `loyalty_rewards_by_cost` ON `loyalty_rewards` (`site_id`,`cost`,`id`);--> statement-breakpoint
CREATE TABLE `loyalty_rules` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`currency` text NOT NULL,
	`points` integer NOT NULL,
	`per_units` integer NOT NULL,
	`minimum_amount` integer NOT NULL,
	`activation` text NOT NULL,
	`active_after_days` integer NOT NULL,
	`expires_after_months` integer,
	`enrols` integer NOT NULL,
	`active` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loyalty_rules_currency` ON `loyalty_rules` (`site_id`,`currency`);--> statement-breakpoint
CREATE INDEX `loyalty_rules_by_creation` ON `loyalty_rules` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `loyalty_tiers` (
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
	`min_points` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `loyalty_tiers_name` ON `loyalty_tiers` (`site_id`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `loyalty_tiers_points` ON `loyalty_tiers` (`site_id`,`min_points`);--> statement-breakpoint
CREATE INDEX `loyalty_tiers_by_creation` ON `loyalty_tiers` (`site_id`,`created_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER loyalty_tiers_counted_insert AFTER INSERT ON loyalty_tiers BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'loyalty_tiers', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_tiers_counted_delete AFTER DELETE ON loyalty_tiers BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'loyalty_tiers';
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_rules_counted_insert AFTER INSERT ON loyalty_rules BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'loyalty_rules', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_rules_counted_delete AFTER DELETE ON loyalty_rules BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'loyalty_rules';
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_rewards_counted_insert AFTER INSERT ON loyalty_rewards BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'loyalty_rewards:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_rewards_counted_delete AFTER DELETE ON loyalty_rewards BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'loyalty_rewards:' || OLD.active;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_rewards_counted_active AFTER UPDATE OF active ON loyalty_rewards WHEN OLD.active <> NEW.active BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'loyalty_rewards:' || OLD.active;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'loyalty_rewards:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_members_counted_insert AFTER INSERT ON loyalty_members BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'loyalty_members', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_members_counted_delete AFTER DELETE ON loyalty_members BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'loyalty_members';
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_redemptions_counted_insert AFTER INSERT ON loyalty_redemptions BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'loyalty_redemptions:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_redemptions_counted_delete AFTER DELETE ON loyalty_redemptions BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'loyalty_redemptions:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER loyalty_redemptions_counted_status AFTER UPDATE OF status ON loyalty_redemptions WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'loyalty_redemptions:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'loyalty_redemptions:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;