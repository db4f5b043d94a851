-- Webhook endpoints of a workspace and environment, and of a site, without those that were deleted.
CREATE TRIGGER webhook_endpoints_counted_insert AFTER INSERT ON webhook_endpoints BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'webhooks', 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO collection_counts SELECT NEW.site_id, 'webhooks', 1 WHERE NEW.site_id IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER webhook_endpoints_counted_delete AFTER UPDATE OF deleted_at ON webhook_endpoints
WHEN OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'webhooks';
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'webhooks';
END;
