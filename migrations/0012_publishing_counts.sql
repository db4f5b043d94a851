-- A site's revision counts the changes of everything a publish freezes: its pages (0001) and the posts of its blog.
CREATE TRIGGER posts_revised_insert AFTER INSERT ON posts WHEN NEW.site_id IS NOT NULL BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'pages:rev', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER posts_revised_delete AFTER DELETE ON posts WHEN OLD.site_id IS NOT NULL BEGIN
  UPDATE collection_counts SET n = n + 1 WHERE scope = OLD.site_id AND name = 'pages:rev';
END;
--> statement-breakpoint
CREATE TRIGGER posts_revised_update AFTER UPDATE ON posts BEGIN
  INSERT INTO collection_counts SELECT site_id, 'pages:rev', 1
    FROM (SELECT OLD.site_id AS site_id UNION SELECT NEW.site_id) WHERE site_id IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
-- Old deployments are collected.
CREATE TRIGGER deployments_counted_delete AFTER DELETE ON deployments BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'deployments';
END;
