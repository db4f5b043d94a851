ALTER TABLE `table_reservations` ADD `reason` text;--> statement-breakpoint
CREATE INDEX `reservations_by_table` ON `table_reservations` (`site_id`,`table_id`,`created_at`,`id`);