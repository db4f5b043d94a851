-- Keys that are switched on, and neither revoked nor replaced, by workspace and environment: what a tier limits.
CREATE TRIGGER api_keys_active_insert AFTER INSERT ON api_keys
  WHEN NEW.is_active AND NEW.revoked_at IS NULL AND NEW.rotated_to IS NULL BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'active_keys', 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER api_keys_active_gained AFTER UPDATE OF is_active, revoked_at, rotated_to ON api_keys
  WHEN (NEW.is_active AND NEW.revoked_at IS NULL AND NEW.rotated_to IS NULL)
    AND NOT (OLD.is_active AND OLD.revoked_at IS NULL AND OLD.rotated_to IS NULL) BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'active_keys', 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER api_keys_active_lost AFTER UPDATE OF is_active, revoked_at, rotated_to ON api_keys
  WHEN NOT (NEW.is_active AND NEW.revoked_at IS NULL AND NEW.rotated_to IS NULL)
    AND (OLD.is_active AND OLD.revoked_at IS NULL AND OLD.rotated_to IS NULL) BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'active_keys';
END;
--> statement-breakpoint
CREATE TRIGGER api_keys_active_delete AFTER DELETE ON api_keys
  WHEN OLD.is_active AND OLD.revoked_at IS NULL AND OLD.rotated_to IS NULL BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'active_keys';
END;
--> statement-breakpoint
INSERT OR REPLACE INTO collection_counts
  SELECT workspace_id || ':' || environment, 'active_keys', count(*) FROM api_keys
  WHERE is_active AND revoked_at IS NULL AND rotated_to IS NULL GROUP BY workspace_id, environment;
