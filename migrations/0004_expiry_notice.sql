ALTER TABLE `api_keys` ADD `expiry_notice` integer;--> statement-breakpoint
CREATE INDEX `api_keys_by_expiry` ON `api_keys` (`expires_at`);