CREATE TABLE `table_reservations` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`table_id` text NOT NULL,
	`status` text NOT NULL,
	`date` text NOT NULL,
	`time` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`busy_until` integer,
	`held_until` integer,
	`party_size` integer NOT NULL,
	`customer` text NOT NULL,
	`note` text,
	`walk_in` integer NOT NULL,
	`source` text NOT NULL,
	`email_confirmed_at` integer,
	`locale` text,
	`form_key` text,
	CONSTRAINT "reservations_length" CHECK(start_at < end_at AND end_at - start_at <= 86400000),
	CONSTRAINT "reservations_party" CHECK(party_size >= 1)
);
--> statement-breakpoint
CREATE INDEX `reservations_by_creation` ON `table_reservations` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reservations_by_update` ON `table_reservations` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `reservations_by_start` ON `table_reservations` (`site_id`,`start_at`,`id`);--> statement-breakpoint
CREATE INDEX `reservations_by_status` ON `table_reservations` (`site_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reservations_by_date` ON `table_reservations` (`site_id`,`date`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reservations_held` ON `table_reservations` (`site_id`,`start_at`) WHERE "table_reservations"."busy_until" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reservations_held_by_table` ON `table_reservations` (`site_id`,`table_id`,`start_at`,`busy_until`) WHERE "table_reservations"."busy_until" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reservations_due` ON `table_reservations` (`held_until`) WHERE "table_reservations"."held_until" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `reservations_due_in_workspace` ON `table_reservations` (`workspace_id`,`environment`,`held_until`) WHERE "table_reservations"."held_until" IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `reservations_form` ON `table_reservations` (`site_id`,`form_key`);--> statement-breakpoint
CREATE TABLE `reservation_tables` (
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
	`capacity` integer NOT NULL,
	`min_party` integer NOT NULL,
	`area` text,
	`location_id` text,
	`branch_id` text,
	`place` integer NOT NULL,
	`active` integer NOT NULL,
	CONSTRAINT "reservation_tables_party" CHECK(min_party >= 1 AND min_party <= capacity)
);
--> statement-breakpoint
CREATE INDEX `reservation_tables_by_creation` ON `reservation_tables` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reservation_tables_by_size` ON `reservation_tables` (`site_id`,`active`,`capacity`,`place`,`id`);
--> statement-breakpoint
CREATE TRIGGER reservation_tables_counted_insert AFTER INSERT ON reservation_tables BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'reservation_tables:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER reservation_tables_counted_delete AFTER DELETE ON reservation_tables BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'reservation_tables:' || OLD.active;
END;
--> statement-breakpoint
CREATE TRIGGER reservation_tables_counted_active AFTER UPDATE OF active ON reservation_tables WHEN OLD.active <> NEW.active BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'reservation_tables:' || OLD.active;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'reservation_tables:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER table_reservations_counted_insert AFTER INSERT ON table_reservations BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'table_reservations:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER table_reservations_counted_delete AFTER DELETE ON table_reservations BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'table_reservations:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER table_reservations_counted_status AFTER UPDATE OF status ON table_reservations WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'table_reservations:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'table_reservations:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;