-- Orders from before: what was paid is all of the total, and so is what was paid back.
UPDATE orders SET paid_amount = total, refunded_amount = CASE WHEN status = 'refunded' THEN total ELSE 0 END
  WHERE paid_at IS NOT NULL AND paid_amount = 0;
--> statement-breakpoint
-- Their items had no tax and took nothing off the stock; the discount is spread over them so that it adds up.
UPDATE orders SET items = (
  SELECT json_group_array(json_set(line.value,
    '$.type', coalesce((SELECT type FROM products WHERE id = line.value ->> 'productId'), 'physical'),
    '$.discount', line.off_here - line.off_before, '$.taxRate', 0, '$.tax', 0, '$.taken', 0))
  FROM (
    SELECT value,
      CASE WHEN sum = orders.subtotal THEN orders.discount ELSE CAST(orders.discount * sum / orders.subtotal AS INTEGER) END AS off_here,
      CASE WHEN before = orders.subtotal THEN orders.discount ELSE CAST(orders.discount * before / orders.subtotal AS INTEGER) END AS off_before
    FROM (
      SELECT key, value, sum(value ->> 'total') OVER (ORDER BY key) AS sum,
        sum(value ->> 'total') OVER (ORDER BY key) - (value ->> 'total') AS before
      FROM json_each(orders.items)
    ) ORDER BY key
  ) AS line
) WHERE items ->> '$[0].taken' IS NULL;
