ALTER TABLE `bookings` ADD `booking_key` text;--> statement-breakpoint
CREATE UNIQUE INDEX `bookings_key` ON `bookings` (`site_id`,`booking_key`);--> statement-breakpoint
ALTER TABLE `loyalty_rules` ADD `bookings` integer DEFAULT false NOT NULL;