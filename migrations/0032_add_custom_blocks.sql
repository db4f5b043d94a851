CREATE TABLE `custom_block_uses` (
	`page_id` text NOT NULL,
	`block_id` text NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	PRIMARY KEY(`page_id`, `block_id`)
);
--> statement-breakpoint
CREATE INDEX `custom_block_uses_of_block` ON `custom_block_uses` (`site_id`,`block_id`,`page_id`);--> statement-breakpoint
CREATE TABLE `custom_blocks` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`label` text NOT NULL,
	`description` text,
	`template` text NOT NULL,
	`properties` text NOT NULL,
	`template_version` integer NOT NULL,
	`usage_count` integer NOT NULL,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `custom_blocks_by_creation` ON `custom_blocks` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `custom_blocks_by_update` ON `custom_blocks` (`site_id`,`updated_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER custom_blocks_counted_insert AFTER INSERT ON custom_blocks BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'custom_blocks', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER custom_blocks_counted_delete AFTER DELETE ON custom_blocks BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'custom_blocks';
END;
--> statement-breakpoint
-- Which page uses which custom block follows from its blocks, whoever writes them; how many pages use a block, from that.
CREATE TRIGGER pages_custom_blocks_insert AFTER INSERT ON pages WHEN instr(NEW.blocks, '"custom:') > 0 BEGIN
  INSERT INTO custom_block_uses (page_id, block_id, workspace_id, environment, site_id)
    SELECT DISTINCT NEW.id, substr(value ->> 'type', 8), NEW.workspace_id, NEW.environment, NEW.site_id
    FROM json_each(NEW.blocks) WHERE value ->> 'type' LIKE 'custom:%';
END;
--> statement-breakpoint
CREATE TRIGGER pages_custom_blocks_update AFTER UPDATE OF blocks ON pages
WHEN OLD.blocks <> NEW.blocks AND (instr(OLD.blocks, '"custom:') > 0 OR instr(NEW.blocks, '"custom:') > 0) BEGIN
  DELETE FROM custom_block_uses WHERE page_id = NEW.id AND block_id NOT IN
    (SELECT substr(value ->> 'type', 8) FROM json_each(NEW.blocks) WHERE value ->> 'type' LIKE 'custom:%');
  INSERT INTO custom_block_uses (page_id, block_id, workspace_id, environment, site_id)
    SELECT DISTINCT NEW.id, substr(value ->> 'type', 8), NEW.workspace_id, NEW.environment, NEW.site_id
    FROM json_each(NEW.blocks) WHERE value ->> 'type' LIKE 'custom:%'
    ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER pages_custom_blocks_delete AFTER DELETE ON pages WHEN instr(OLD.blocks, '"custom:') > 0 BEGIN
  DELETE FROM custom_block_uses WHERE page_id = OLD.id;
END;
--> statement-breakpoint
CREATE TRIGGER custom_block_uses_counted_insert AFTER INSERT ON custom_block_uses BEGIN
  UPDATE custom_blocks SET usage_count = usage_count + 1 WHERE id = NEW.block_id AND site_id = NEW.site_id;
END;
--> statement-breakpoint
CREATE TRIGGER custom_block_uses_counted_delete AFTER DELETE ON custom_block_uses BEGIN
  UPDATE custom_blocks SET usage_count = usage_count - 1 WHERE id = OLD.block_id AND site_id = OLD.site_id;
END;
--> statement-breakpoint
-- A block may come after pages that name it.
CREATE TRIGGER custom_blocks_used_insert AFTER INSERT ON custom_blocks BEGIN
  UPDATE custom_blocks SET usage_count =
    (SELECT count(*) FROM custom_block_uses WHERE site_id = NEW.site_id AND block_id = NEW.id) WHERE id = NEW.id;
END;
--> statement-breakpoint
-- A site's revision counts the changes of everything a publish freezes: what its pages show of custom blocks, too.
CREATE TRIGGER custom_blocks_revised_insert AFTER INSERT ON custom_blocks BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'pages:rev', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER custom_blocks_revised_update AFTER UPDATE OF template_version ON custom_blocks BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'pages:rev', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER custom_blocks_revised_delete AFTER DELETE ON custom_blocks BEGIN
  UPDATE collection_counts SET n = n + 1 WHERE scope = OLD.site_id AND name = 'pages:rev';
END;
