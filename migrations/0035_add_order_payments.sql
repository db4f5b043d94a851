ALTER TABLE `orders` ADD `shipping` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `shipping_method` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `tax` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `tax_included` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `paid_amount` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `refunded_amount` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `orders` ADD `hold_until` integer;--> statement-breakpoint
ALTER TABLE `orders` ADD `checkout_key` text;--> statement-breakpoint
ALTER TABLE `orders` ADD `locale` text;--> statement-breakpoint
CREATE UNIQUE INDEX `orders_checkout` ON `orders` (`site_id`,`checkout_key`);--> statement-breakpoint
CREATE INDEX `orders_by_customer` ON `orders` (`site_id`,CASE WHEN "folded" ->> 'customer_email' IS NULL THEN lower("customer_email") ELSE "folded" ->> 'customer_email' END);--> statement-breakpoint
CREATE INDEX `orders_due` ON `orders` (`hold_until`) WHERE "orders"."hold_until" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `orders_due_in_workspace` ON `orders` (`workspace_id`,`environment`,`hold_until`) WHERE "orders"."hold_until" IS NOT NULL;