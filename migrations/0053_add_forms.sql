CREATE TABLE `form_files` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`filename` text NOT NULL,
	`content_type` text NOT NULL,
	`size` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `form_files_by_submission` ON `form_files` (`submission_id`);--> statement-breakpoint
CREATE INDEX `form_files_by_workspace` ON `form_files` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `form_submissions` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`form_id` text NOT NULL,
	`status` text NOT NULL,
	`data` text NOT NULL,
	`files` text NOT NULL,
	`page_id` text,
	`locale` text,
	`note` text,
	`sent_key` text,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `form_submissions_sent` ON `form_submissions` (`form_id`,`sent_key`);--> statement-breakpoint
CREATE INDEX `form_submissions_by_creation` ON `form_submissions` (`site_id`,`form_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `form_submissions_by_update` ON `form_submissions` (`site_id`,`form_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `form_submissions_by_status` ON `form_submissions` (`site_id`,`form_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `form_submissions_of_site` ON `form_submissions` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `form_submissions_expired` ON `form_submissions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `forms` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`published` integer NOT NULL,
	`page_id` text NOT NULL,
	`fields` text NOT NULL,
	`notify_to` text NOT NULL,
	`auto_reply` text,
	`kept_days` integer NOT NULL,
	CONSTRAINT "forms_kept_days" CHECK(kept_days BETWEEN 1 AND 3650)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `forms_key` ON `forms` (`site_id`,`key`);--> statement-breakpoint
CREATE INDEX `forms_by_creation` ON `forms` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `forms_by_update` ON `forms` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `forms_by_published` ON `forms` (`site_id`,`published`,`created_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER forms_counted_insert AFTER INSERT ON forms BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'forms:' || NEW.published, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER forms_counted_delete AFTER DELETE ON forms BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'forms:' || OLD.published;
END;
--> statement-breakpoint
CREATE TRIGGER forms_counted_published AFTER UPDATE OF published ON forms WHEN OLD.published <> NEW.published BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'forms:' || OLD.published;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'forms:' || NEW.published, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER form_submissions_counted_insert AFTER INSERT ON form_submissions BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'form_submissions:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER form_submissions_counted_delete AFTER DELETE ON form_submissions BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'form_submissions:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER form_submissions_counted_status AFTER UPDATE OF status ON form_submissions WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'form_submissions:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'form_submissions:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
-- By hand: submissions are counted by form too, take their files along, and files count towards the plan's storage.
CREATE TRIGGER form_submissions_of_form_insert AFTER INSERT ON form_submissions BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'form_submissions/' || NEW.form_id || ':' || NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER form_submissions_of_form_delete AFTER DELETE ON form_submissions BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.site_id AND name = 'form_submissions/' || OLD.form_id || ':' || OLD.status;
  DELETE FROM form_files WHERE submission_id = OLD.id;
END;
--> statement-breakpoint
CREATE TRIGGER form_submissions_of_form_status AFTER UPDATE OF status ON form_submissions WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.site_id AND name = 'form_submissions/' || OLD.form_id || ':' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'form_submissions/' || NEW.form_id || ':' || NEW.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER form_files_storage_insert AFTER INSERT ON form_files BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'storage', NEW.size)
    ON CONFLICT DO UPDATE SET n = n + NEW.size;
END;
--> statement-breakpoint
CREATE TRIGGER form_files_storage_delete AFTER DELETE ON form_files BEGIN
  UPDATE collection_counts SET n = n - OLD.size
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'storage';
  INSERT INTO media_uploads (id, workspace_id, environment, site_id, filename, size, actor, key_id, due_at)
    VALUES (OLD.id, OLD.workspace_id, OLD.environment, OLD.site_id, OLD.filename, 0, 'form', NULL, 1)
    ON CONFLICT DO NOTHING;
END;
