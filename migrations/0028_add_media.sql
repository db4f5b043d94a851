
--> statement-breakpoint
-- What the plan limits as storage: the bytes of files, and of uploads that have room kept for them.
CREATE TRIGGER media_storage_insert AFTER INSERT ON media BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'storage', NEW.size)
    ON CONFLICT DO UPDATE SET n = n + NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER media_storage_delete AFTER DELETE ON media BEGIN
  UPDATE collection_counts SET n = n - OLD.size
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'storage';
END;
--> statement-breakpoint
CREATE TRIGGER media_uploads_storage_insert AFTER INSERT ON media_uploads BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'storage', NEW.size)
    ON CONFLICT DO UPDATE SET n = n + NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER media_uploads_storage_delete AFTER DELETE ON media_uploads BEGIN
  UPDATE collection_counts SET n = n - OLD.size
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'storage';
END;
