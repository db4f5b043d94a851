CREATE TABLE `booking_exceptions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`staff_id` text,
	`start_date` text NOT NULL,
	`end_date` text NOT NULL,
	`hours` text NOT NULL,
	`note` text,
	CONSTRAINT "booking_exceptions_dates" CHECK(start_date <= end_date)
);
--> statement-breakpoint
CREATE INDEX `booking_exceptions_by_creation` ON `booking_exceptions` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `booking_exceptions_by_date` ON `booking_exceptions` (`site_id`,`start_date`,`id`);--> statement-breakpoint
CREATE INDEX `booking_exceptions_of_staff` ON `booking_exceptions` (`site_id`,`staff_id`,`start_date`,`id`);--> statement-breakpoint
CREATE INDEX `booking_exceptions_of_staff_by_creation` ON `booking_exceptions` (`site_id`,`staff_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `booking_services` (
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
	`description` text,
	`image` text,
	`duration_minutes` integer NOT NULL,
	`buffer_before_minutes` integer NOT NULL,
	`buffer_after_minutes` integer NOT NULL,
	`slot_interval_minutes` integer,
	`capacity` integer NOT NULL,
	`price` integer,
	`currency` text NOT NULL,
	`notice_minutes` integer NOT NULL,
	`horizon_days` integer NOT NULL,
	`staff_ids` text,
	`active` integer NOT NULL,
	`place` integer NOT NULL,
	CONSTRAINT "booking_services_times" CHECK(duration_minutes >= 1 AND capacity >= 1)
);
--> statement-breakpoint
CREATE INDEX `booking_services_by_order` ON `booking_services` (`site_id`,`place`,`id`);--> statement-breakpoint
CREATE INDEX `booking_services_by_creation` ON `booking_services` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `booking_services_by_update` ON `booking_services` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `booking_services_shown` ON `booking_services` (`site_id`,`active`,`place`,`id`);--> statement-breakpoint
CREATE TABLE `booking_staff` (
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
	`email` text,
	`hours` text,
	`active` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `booking_staff_by_creation` ON `booking_staff` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `booking_staff_by_update` ON `booking_staff` (`site_id`,`updated_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER booking_staff_counted_insert AFTER INSERT ON booking_staff BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'booking_staff:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER booking_staff_counted_delete AFTER DELETE ON booking_staff BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'booking_staff:' || OLD.active;
END;
--> statement-breakpoint
CREATE TRIGGER booking_staff_counted_active AFTER UPDATE OF active ON booking_staff WHEN OLD.active <> NEW.active BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'booking_staff:' || OLD.active;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'booking_staff:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER booking_services_counted_insert AFTER INSERT ON booking_services BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'booking_services:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER booking_services_counted_delete AFTER DELETE ON booking_services BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'booking_services:' || OLD.active;
END;
--> statement-breakpoint
CREATE TRIGGER booking_services_counted_active AFTER UPDATE OF active ON booking_services WHEN OLD.active <> NEW.active BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'booking_services:' || OLD.active;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'booking_services:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER booking_exceptions_counted_insert AFTER INSERT ON booking_exceptions BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'booking_exceptions', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER booking_exceptions_counted_delete AFTER DELETE ON booking_exceptions BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'booking_exceptions';
END;