ALTER TABLE `webhook_endpoints` ADD `pauses_at` integer;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_by_key` ON `webhook_endpoints` (`key_id`) WHERE "webhook_endpoints"."key_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `webhook_endpoints_pausing` ON `webhook_endpoints` (`pauses_at`) WHERE "webhook_endpoints"."pauses_at" IS NOT NULL;
--> statement-breakpoint
-- Endpoints follow their key: those of one that has been rotated go to the last of its successors.
UPDATE webhook_endpoints SET key_id = (
  WITH RECURSIVE line (id, next) AS (
    SELECT id, rotated_to FROM api_keys WHERE id = webhook_endpoints.key_id
    UNION ALL SELECT k.id, k.rotated_to FROM api_keys k JOIN line ON k.id = line.next
  ) SELECT id FROM line WHERE next IS NULL
) WHERE key_id IN (SELECT id FROM api_keys WHERE rotated_to IS NOT NULL);
--> statement-breakpoint
-- When that key ends; those whose key has ended already pause in the next minute.
UPDATE webhook_endpoints SET pauses_at = (
  SELECT CASE WHEN is_active THEN min(coalesce(expires_at, ends_at), coalesce(ends_at, expires_at)) ELSE 0 END
    FROM api_keys WHERE id = webhook_endpoints.key_id
) WHERE is_active AND deleted_at IS NULL AND key_id IS NOT NULL;
