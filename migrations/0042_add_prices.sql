ALTER TABLE `coupons` ADD `max_uses_per_customer` integer;--> statement-breakpoint
CREATE INDEX `orders_by_coupon` ON `orders` (`coupon_id`,CASE WHEN "folded" ->> 'customer_email' IS NULL THEN lower("customer_email") ELSE "folded" ->> 'customer_email' END) WHERE "orders"."coupon_id" IS NOT NULL;--> statement-breakpoint
-- Orders that are cancelled have given their coupon's use back.
UPDATE `orders` SET `coupon_id` = NULL WHERE `status` = 'cancelled' AND `coupon_id` IS NOT NULL;
