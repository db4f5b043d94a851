CREATE TABLE `payment_providers` (
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
	`pay_url` text,
	`active` integer NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_expires_at` integer
);
--> statement-breakpoint
CREATE INDEX `payment_providers_by_creation` ON `payment_providers` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`order_id` text NOT NULL,
	`kind` text NOT NULL,
	`provider` text NOT NULL,
	`event` text NOT NULL,
	`amount` integer NOT NULL,
	`currency` text NOT NULL,
	`reference` text,
	`message_id` text,
	`outcome` text NOT NULL,
	`unapplied_reason` text,
	`tax` integer,
	`refund_of` text,
	`reason` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_reference` ON `payments` (`site_id`,`provider`,`event`,`reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `payments_message` ON `payments` (`site_id`,`provider`,`message_id`);--> statement-breakpoint
CREATE INDEX `payments_by_creation` ON `payments` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `payments_of_order` ON `payments` (`site_id`,`order_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `payments_by_outcome` ON `payments` (`site_id`,`outcome`,`created_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER payment_providers_counted_insert AFTER INSERT ON payment_providers BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'payment_providers', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER payment_providers_counted_delete AFTER DELETE ON payment_providers BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'payment_providers';
END;
--> statement-breakpoint
CREATE TRIGGER payments_counted_insert AFTER INSERT ON payments BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'payments', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER payments_counted_delete AFTER DELETE ON payments BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'payments';
END;