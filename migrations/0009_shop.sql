CREATE TABLE `coupons` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`code` text NOT NULL,
	`type` text NOT NULL,
	`value` integer NOT NULL,
	`currency` text,
	`minimum_amount` integer,
	`max_uses` integer,
	`uses` integer NOT NULL,
	`starts_at` integer,
	`expires_at` integer,
	`active` integer NOT NULL,
	CONSTRAINT "coupons_uses" CHECK(max_uses IS NULL OR uses <= max_uses)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `coupons_code` ON `coupons` (`site_id`,`code`);--> statement-breakpoint
CREATE INDEX `coupons_by_creation` ON `coupons` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`number` integer NOT NULL,
	`status` text NOT NULL,
	`customer_name` text NOT NULL,
	`customer_email` text NOT NULL,
	`customer_phone` text,
	`shipping_address` text,
	`items` text NOT NULL,
	`currency` text NOT NULL,
	`subtotal` integer NOT NULL,
	`discount` integer NOT NULL,
	`total` integer NOT NULL,
	`coupon_code` text,
	`note` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `orders_number` ON `orders` (`site_id`,`number`);--> statement-breakpoint
CREATE INDEX `orders_by_creation` ON `orders` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `orders_by_update` ON `orders` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE TABLE `products` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`title` text NOT NULL,
	`slug` text NOT NULL,
	`description` text,
	`price` integer NOT NULL,
	`currency` text NOT NULL,
	`images` text NOT NULL,
	`category` text,
	`sku` text,
	`stock` integer,
	`type` text NOT NULL,
	`active` integer NOT NULL,
	`variants` text NOT NULL,
	CONSTRAINT "products_stock" CHECK(stock IS NULL OR stock >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `products_slug` ON `products` (`site_id`,`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `products_sku` ON `products` (`site_id`,`sku`);--> statement-breakpoint
CREATE INDEX `products_by_creation` ON `products` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `products_by_update` ON `products` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
ALTER TABLE `deployments` ADD `warnings` text;--> statement-breakpoint
ALTER TABLE `deployments` ADD `site` text;--> statement-breakpoint
ALTER TABLE `health_checks` ADD `checked_at` integer DEFAULT 0 NOT NULL;