CREATE TABLE `categories` (
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
	`name_key` text NOT NULL,
	`slug` text NOT NULL,
	`description` text,
	`image` text,
	`place` integer NOT NULL,
	`translations` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `categories_name` ON `categories` (`site_id`,`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `categories_slug` ON `categories` (`site_id`,`slug`);--> statement-breakpoint
CREATE INDEX `categories_by_order` ON `categories` (`site_id`,`place`,`id`);--> statement-breakpoint
CREATE INDEX `categories_by_creation` ON `categories` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `categories_by_update` ON `categories` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
ALTER TABLE `products` ADD `low_stock_at` integer;--> statement-breakpoint
ALTER TABLE `products` ADD `tax_class` text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `translations` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `download_url` text;--> statement-breakpoint
CREATE INDEX `products_by_category` ON `products` (`site_id`,CASE WHEN "folded" ->> 'category' IS NULL THEN lower("category") ELSE "folded" ->> 'category' END,`created_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER categories_counted_insert AFTER INSERT ON categories BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'categories', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER categories_counted_delete AFTER DELETE ON categories BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'categories';
END;
--> statement-breakpoint
-- Variants from before have no picture and say nothing of what they are a choice of; the same in versions that are kept.
UPDATE products SET variants = (
  SELECT json_group_array(json_insert(value, '$.image', NULL, '$.options', json('{}')) ORDER BY key) FROM json_each(products.variants)
) WHERE variants <> '[]';
--> statement-breakpoint
UPDATE versions SET content = json_set(content, '$.variants', json((
  SELECT json_group_array(json_insert(value, '$.image', NULL, '$.options', json('{}')) ORDER BY key)
  FROM json_each(versions.content, '$.variants')
))) WHERE kind = 'product' AND content ->> '$.variants' <> '[]';
