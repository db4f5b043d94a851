-- A variant's stock is never negative, as a product's is not; a CHECK cannot look into JSON.
CREATE TRIGGER products_variant_stock_insert BEFORE INSERT ON products
WHEN EXISTS (SELECT 1 FROM json_each(NEW.variants) WHERE value ->> 'stock' < 0) BEGIN
  SELECT RAISE(ABORT, 'CHECK constraint failed: products_variant_stock');
END;
--> statement-breakpoint
CREATE TRIGGER products_variant_stock_update BEFORE UPDATE OF variants ON products
WHEN EXISTS (SELECT 1 FROM json_each(NEW.variants) WHERE value ->> 'stock' < 0) BEGIN
  SELECT RAISE(ABORT, 'CHECK constraint failed: products_variant_stock');
END;
