-- Replays of an endpoint, so that the exact total of its list costs one row.
DROP TRIGGER IF EXISTS webhook_replays_counted_insert;
--> statement-breakpoint
CREATE TRIGGER webhook_replays_counted_insert AFTER INSERT ON webhook_replays BEGIN
  UPDATE webhook_endpoints SET replay_count = replay_count + 1 WHERE id = NEW.endpoint_id;
END;
--> statement-breakpoint
DROP TRIGGER IF EXISTS webhook_replays_counted_delete;
--> statement-breakpoint
CREATE TRIGGER webhook_replays_counted_delete AFTER DELETE ON webhook_replays BEGIN
  UPDATE webhook_endpoints SET replay_count = replay_count - 1 WHERE id = OLD.endpoint_id;
END;
--> statement-breakpoint
UPDATE webhook_endpoints
  SET replay_count = (SELECT count(*) FROM webhook_replays WHERE webhook_replays.endpoint_id = webhook_endpoints.id);
