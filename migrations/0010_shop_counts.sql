-- Products, coupons and orders of a site; products by whether they are sold, orders by status.
CREATE TRIGGER products_counted_insert AFTER INSERT ON products BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'products:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER products_counted_delete AFTER DELETE ON products BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'products:' || OLD.active;
END;
--> statement-breakpoint
CREATE TRIGGER products_counted_active AFTER UPDATE OF active ON products WHEN OLD.active <> NEW.active BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'products:' || OLD.active;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'products:' || NEW.active, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER coupons_counted_insert AFTER INSERT ON coupons BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'coupons', 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER coupons_counted_delete AFTER DELETE ON coupons BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'coupons';
END;
--> statement-breakpoint
CREATE TRIGGER orders_counted_insert AFTER INSERT ON orders BEGIN
  INSERT INTO collection_counts VALUES (NEW.site_id, 'orders:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER orders_counted_delete AFTER DELETE ON orders BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'orders:' || OLD.status;
END;
--> statement-breakpoint
CREATE TRIGGER orders_counted_status AFTER UPDATE OF status ON orders WHEN OLD.status <> NEW.status BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'orders:' || OLD.status;
  INSERT INTO collection_counts VALUES (NEW.site_id, 'orders:' || NEW.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
