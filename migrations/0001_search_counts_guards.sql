-- Commit guards: `UnitOfWork.require` inserts a code here when its condition does not hold, which aborts the batch.
CREATE TABLE commit_guards (code TEXT NOT NULL);
--> statement-breakpoint
CREATE TRIGGER commit_guards_abort BEFORE INSERT ON commit_guards BEGIN SELECT RAISE(ABORT, NEW.code); END;
--> statement-breakpoint
-- How many items each list has, so that an exact total costs a row, not a count.
CREATE TABLE collection_counts (
  scope TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (scope, name)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER pages_counted_insert AFTER INSERT ON pages BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'pages:' || NEW.status, 1), (NEW.site_id, 'pages:rev', 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER pages_counted_delete AFTER DELETE ON pages BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'pages:' || OLD.status;
  UPDATE collection_counts SET n = n + 1 WHERE scope = OLD.site_id AND name = 'pages:rev';
END;
--> statement-breakpoint
CREATE TRIGGER pages_counted_status AFTER UPDATE OF status ON pages WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'pages:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'pages:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER pages_counted_update AFTER UPDATE ON pages BEGIN
  UPDATE collection_counts SET n = n + 1 WHERE scope = NEW.site_id AND name = 'pages:rev';
END;
--> statement-breakpoint
CREATE TRIGGER sites_counted_insert AFTER INSERT ON sites BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'sites:' || NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER sites_counted_delete AFTER DELETE ON sites BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'sites:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER sites_counted_status AFTER UPDATE OF status ON sites WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'sites:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'sites:' || NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER deployments_counted_insert AFTER INSERT ON deployments BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'deployments', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
-- Full-text search over pages; `site` holds the site's own word, by which a search stays within one site.
CREATE VIRTUAL TABLE pages_search USING fts5(
  site, title, search_text, content = 'pages', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
);
--> statement-breakpoint
CREATE TRIGGER pages_search_insert AFTER INSERT ON pages BEGIN
  INSERT INTO pages_search (rowid, site, title, search_text) VALUES (NEW.seq, NEW.site, NEW.title, NEW.search_text);
END;
--> statement-breakpoint
CREATE TRIGGER pages_search_delete AFTER DELETE ON pages BEGIN
  INSERT INTO pages_search (pages_search, rowid, site, title, search_text)
    VALUES ('delete', OLD.seq, OLD.site, OLD.title, OLD.search_text);
END;
--> statement-breakpoint
CREATE TRIGGER pages_search_update AFTER UPDATE OF title, search_text ON pages
  WHEN OLD.title <> NEW.title OR OLD.search_text <> NEW.search_text BEGIN
  INSERT INTO pages_search (pages_search, rowid, site, title, search_text)
    VALUES ('delete', OLD.seq, OLD.site, OLD.title, OLD.search_text);
  INSERT INTO pages_search (rowid, site, title, search_text) VALUES (NEW.seq, NEW.site, NEW.title, NEW.search_text);
END;
--> statement-breakpoint
-- Keys are counted by workspace and environment, revoked ones left out.
CREATE TRIGGER api_keys_counted_insert AFTER INSERT ON api_keys BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id, 'api_keys:' || NEW.environment, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER api_keys_counted_revoke AFTER UPDATE OF revoked_at ON api_keys
  WHEN OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.workspace_id || '' AND name = 'api_keys:' || OLD.environment;
END;
