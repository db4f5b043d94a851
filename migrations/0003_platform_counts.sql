-- Posts by workspace, environment and status; pages of a workspace over all its sites, for the plan's limit.
CREATE TRIGGER posts_counted_insert AFTER INSERT ON posts BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'posts:' || NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER posts_counted_delete AFTER DELETE ON posts BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'posts:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER posts_counted_status AFTER UPDATE OF status ON posts WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'posts:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'posts:' || NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER pages_owned_insert AFTER INSERT ON pages BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'pages', 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER pages_owned_delete AFTER DELETE ON pages BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'pages';
END;
