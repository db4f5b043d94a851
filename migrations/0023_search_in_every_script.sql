-- Words of pages are indexed as the application folds and parts them: the index takes what stands between spaces as it is.
-- What older pages hold is indexed as it stands there, title and text, until `foldRows` has been through them.
DROP TABLE IF EXISTS pages_search;
--> statement-breakpoint
CREATE VIRTUAL TABLE pages_search USING fts5(
  site, title, search_text, content = 'pages', content_rowid = 'seq', tokenize = 'ascii'
);
--> statement-breakpoint
INSERT INTO pages_search (pages_search) VALUES ('rebuild');
--> statement-breakpoint
INSERT OR IGNORE INTO foldings (table_name, after_row) VALUES
  ('api_keys', 0), ('coupons', 0), ('orders', 0), ('pages', 0), ('posts', 0), ('products', 0), ('seo_issues', 0),
  ('sites', 0), ('users', 0), ('webhook_endpoints', 0), ('workspaces', 0);
