CREATE TABLE `order_numbers` (
	`site_id` text PRIMARY KEY NOT NULL,
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`last` integer NOT NULL
);
