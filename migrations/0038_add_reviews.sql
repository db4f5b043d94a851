CREATE TABLE `reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`folded` text,
	`change` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`product_id` text,
	`order_id` text,
	`rating` integer NOT NULL,
	`title` text,
	`text` text NOT NULL,
	`author` text NOT NULL,
	`email` text,
	`status` text NOT NULL,
	`approved` integer NOT NULL,
	`answer` text,
	`answered_at` integer,
	CONSTRAINT "reviews_rating" CHECK(rating BETWEEN 1 AND 5),
	CONSTRAINT "reviews_approved" CHECK(approved = (status = 'approved'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reviews_of_order` ON `reviews` (`order_id`,`product_id`);--> statement-breakpoint
CREATE INDEX `reviews_by_creation` ON `reviews` (`site_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reviews_by_update` ON `reviews` (`site_id`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `reviews_by_status` ON `reviews` (`site_id`,`status`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reviews_by_product` ON `reviews` (`site_id`,`product_id`,`status`,`created_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER reviews_counted_insert AFTER INSERT ON reviews BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'reviews:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER reviews_counted_delete AFTER DELETE ON reviews BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'reviews:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER reviews_counted_status AFTER UPDATE OF status ON reviews WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'reviews:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'reviews:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER reviews_rated_insert AFTER INSERT ON reviews WHEN NEW.approved BEGIN
  INSERT INTO collection_counts VALUES
    (NEW.site_id, 'ratings:' || NEW.rating, 1),
    (NEW.site_id, 'ratings:' || coalesce(NEW.product_id, '') || ':' || NEW.rating, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER reviews_rated_delete AFTER DELETE ON reviews WHEN OLD.approved BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id
    AND name IN ('ratings:' || OLD.rating, 'ratings:' || coalesce(OLD.product_id, '') || ':' || OLD.rating);
END;
--> statement-breakpoint
CREATE TRIGGER reviews_rated_update AFTER UPDATE OF approved, rating, product_id ON reviews
WHEN OLD.approved IS NOT NEW.approved OR OLD.rating IS NOT NEW.rating OR OLD.product_id IS NOT NEW.product_id BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE OLD.approved AND scope = OLD.site_id
    AND name IN ('ratings:' || OLD.rating, 'ratings:' || coalesce(OLD.product_id, '') || ':' || OLD.rating);
  INSERT INTO collection_counts
    SELECT NEW.site_id, rated.name, 1 FROM (
      SELECT 'ratings:' || NEW.rating AS name
      UNION ALL SELECT 'ratings:' || coalesce(NEW.product_id, '') || ':' || NEW.rating) AS rated
    WHERE NEW.approved
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
