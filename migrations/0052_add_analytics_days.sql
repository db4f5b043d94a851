CREATE TABLE `analytics_days` (
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`day` text NOT NULL,
	`part` integer NOT NULL,
	`event_count` integer NOT NULL,
	`facts` text NOT NULL,
	PRIMARY KEY(`site_id`, `day`, `part`)
);
--> statement-breakpoint
CREATE TABLE `order_origins` (
	`workspace_id` integer NOT NULL,
	`environment` text NOT NULL,
	`site_id` text NOT NULL,
	`order_id` text NOT NULL,
	`origin` text NOT NULL,
	PRIMARY KEY(`site_id`, `order_id`)
);
