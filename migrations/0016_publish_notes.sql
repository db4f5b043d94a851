ALTER TABLE `frozen_pages` ADD `notes` text;--> statement-breakpoint
ALTER TABLE `renders` ADD `notes` text;