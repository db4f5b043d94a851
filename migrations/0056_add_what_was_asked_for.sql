ALTER TABLE `bookings` ADD `asked_hash` text;--> statement-breakpoint
ALTER TABLE `table_reservations` ADD `asked_hash` text;