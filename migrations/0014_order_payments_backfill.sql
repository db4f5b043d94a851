-- Orders from before: the coupon is the one that has its code now, and those that went on from being paid were paid.
UPDATE orders SET coupon_id = (SELECT c.id FROM coupons c WHERE c.site_id = orders.site_id AND c.code = orders.coupon_code)
  WHERE coupon_code IS NOT NULL AND coupon_id IS NULL;
--> statement-breakpoint
UPDATE orders SET paid_at = updated_at
  WHERE paid_at IS NULL AND status IN ('paid', 'shipped', 'delivered', 'completed', 'refunded');
