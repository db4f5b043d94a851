ALTER TABLE `products` ADD `low_stock_at` integer;--> statement-breakpoint
ALTER TABLE `products` ADD `tax_class` text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `translations` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `products` ADD `download_url` text;--> statement-breakpoint
CREATE INDEX `products_by_category` ON `products` (`site_id`,CASE WHEN "folded" ->> 'category' IS NULL THEN lower("category") ELSE "folded" ->> 'category' END,`created_at`,`id`);
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
