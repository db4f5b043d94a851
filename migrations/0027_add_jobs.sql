CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`progress` integer NOT NULL,
	`step` text,
	`input` text NOT NULL,
	`state` text,
	`result` text,
	`error` text,
	`error_code` text,
	`attempts` integer NOT NULL,
	`lease_id` text,
	`due_at` integer,
	`actor` text NOT NULL,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer
);
--> statement-breakpoint
CREATE INDEX `jobs_by_creation` ON `jobs` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`due_at`) WHERE "jobs"."due_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_due_by_workspace` ON `jobs` (`workspace_id`,`environment`,`due_at`) WHERE "jobs"."due_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX `jobs_finished` ON `jobs` (`finished_at`) WHERE "jobs"."finished_at" IS NOT NULL;
--> statement-breakpoint
-- A website's jobs are counted by kind and status.
CREATE TRIGGER jobs_counted_insert AFTER INSERT ON jobs WHEN NEW.site_id IS NOT NULL BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'jobs:' || NEW.kind || '.' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER jobs_counted_delete AFTER DELETE ON jobs WHEN OLD.site_id IS NOT NULL BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'jobs:' || OLD.kind || '.' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER jobs_counted_status AFTER UPDATE OF status ON jobs WHEN OLD.site_id IS NOT NULL AND OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'jobs:' || OLD.kind || '.' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'jobs:' || NEW.kind || '.' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
-- A publish in the background is a job, whose row follows the deployment's.
CREATE TRIGGER deployments_job_insert AFTER INSERT ON deployments WHEN NEW.status = 'building' BEGIN
  INSERT INTO jobs (id, workspace_id, environment, site_id, kind, status, progress, step, input, attempts, actor, version, created_at, updated_at, started_at)
    VALUES ('job_' || substr(NEW.id, 5), NEW.workspace_id, NEW.environment, NEW.site_id, 'publish', 'running', 0, 'Rendering the pages',
      json_object('deploymentId', NEW.id), 0, NEW.actor, 1, NEW.created_at, NEW.created_at, NEW.created_at)
    ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER deployments_job_begin AFTER UPDATE OF status ON deployments WHEN NEW.status = 'building' AND OLD.status <> 'building' BEGIN
  INSERT INTO jobs (id, workspace_id, environment, site_id, kind, status, progress, step, input, attempts, actor, version, created_at, updated_at, started_at)
    VALUES ('job_' || substr(NEW.id, 5), NEW.workspace_id, NEW.environment, NEW.site_id, 'publish', 'running', 0, 'Rendering the pages',
      json_object('deploymentId', NEW.id), 0, NEW.actor, 1, NEW.created_at, coalesce(NEW.progress ->> 'at', NEW.created_at), coalesce(NEW.progress ->> 'at', NEW.created_at))
    ON CONFLICT DO NOTHING;
END;
--> statement-breakpoint
CREATE TRIGGER deployments_job_progress AFTER UPDATE OF progress ON deployments WHEN NEW.status = 'building' AND OLD.status = 'building' BEGIN
  UPDATE jobs SET progress = min(99, 100 * (NEW.progress ->> 'rendered') / max(1, NEW.progress ->> 'total')),
      version = version + 1, updated_at = max(coalesce(NEW.progress ->> 'at', 0), updated_at + 1)
    WHERE id = 'job_' || substr(NEW.id, 5);
END;
--> statement-breakpoint
CREATE TRIGGER deployments_job_end AFTER UPDATE OF status ON deployments WHEN OLD.status = 'building' AND NEW.status <> 'building' BEGIN
  UPDATE jobs SET version = version + 1, step = NULL,
      status = CASE NEW.status WHEN 'completed' THEN 'succeeded' WHEN 'failed' THEN 'failed' ELSE 'cancelled' END,
      progress = CASE NEW.status WHEN 'completed' THEN 100 ELSE progress END,
      result = CASE NEW.status WHEN 'completed' THEN json_object('deploymentId', NEW.id) END,
      error = CASE NEW.status WHEN 'failed' THEN 'The publish did not come further for an hour.' END,
      error_code = CASE NEW.status WHEN 'failed' THEN 'stalled' END,
      updated_at = max(coalesce(NEW.published_at, CAST(unixepoch('subsec') * 1000 AS INTEGER)), updated_at + 1),
      finished_at = max(coalesce(NEW.published_at, CAST(unixepoch('subsec') * 1000 AS INTEGER)), updated_at + 1)
    WHERE id = 'job_' || substr(NEW.id, 5);
END;
--> statement-breakpoint
INSERT INTO jobs (id, workspace_id, environment, site_id, kind, status, progress, step, input, attempts, actor, version, created_at, updated_at, started_at)
  SELECT 'job_' || substr(id, 5), workspace_id, environment, site_id, 'publish', 'running', 0, 'Rendering the pages',
    json_object('deploymentId', id), 0, actor, 1, created_at, created_at, created_at
  FROM deployments WHERE status = 'building';
