CREATE TABLE `bookings` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`service_id` text NOT NULL,
	`staff_id` text,
	`status` text NOT NULL,
	`date` text NOT NULL,
	`start_time` text NOT NULL,
	`end_time` text NOT NULL,
	`start_at` integer NOT NULL,
	`end_at` integer NOT NULL,
	`busy_from` integer NOT NULL,
	`busy_until` integer NOT NULL,
	`hold_until` integer,
	`retry_at` integer,
	`customer` text NOT NULL,
	`people` integer NOT NULL,
	`note` text,
	`price` integer,
	`currency` text,
	`confirmed_at` integer,
	`completed_at` integer,
	`cancelled_at` integer,
	`reason` text,
	`reschedules` integer NOT NULL,
	`source` text NOT NULL,
	`locale` text,
	CONSTRAINT "bookings_times" CHECK(start_at < end_at),
	CONSTRAINT "bookings_before" CHECK(busy_from <= start_at),
	CONSTRAINT "bookings_after" CHECK(end_at <= busy_until),
	CONSTRAINT "bookings_length" CHECK(busy_until - busy_from <= 259200000),
	CONSTRAINT "bookings_people" CHECK(people >= 1)
);
--> statement-breakpoint
CREATE INDEX `bookings_by_creation` ON `bookings` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `bookings_by_update` ON `bookings` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `bookings_by_start` ON `bookings` (`site_id`,`start_at`,`id`);--> statement-breakpoint
CREATE INDEX `bookings_by_status` ON `bookings` (`site_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `bookings_by_status_and_start` ON `bookings` (`site_id`,`status`,`start_at`,`id`);--> statement-breakpoint
CREATE INDEX `bookings_by_service` ON `bookings` (`site_id`,`service_id`,`start_at`,`id`);--> statement-breakpoint
CREATE INDEX `bookings_by_staff` ON `bookings` (`site_id`,`staff_id`,`start_at`,`id`);--> statement-breakpoint
CREATE INDEX `bookings_due` ON `bookings` (`hold_until`) WHERE "bookings"."hold_until" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `bookings_due_in_workspace` ON `bookings` (`workspace_id`,`environment`,`hold_until`) WHERE "bookings"."hold_until" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `booking_calendars` (
	`site_id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`generation` integer NOT NULL,
	`is_open` integer NOT NULL
);

--> statement-breakpoint
CREATE TRIGGER bookings_counted_insert AFTER INSERT ON bookings BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'bookings:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER bookings_counted_delete AFTER DELETE ON bookings BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'bookings:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER bookings_counted_status AFTER UPDATE OF status ON bookings WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'bookings:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'bookings:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
