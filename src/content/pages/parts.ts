import { z } from "@hono/zod-openapi";
import { line, text, UrlSchema } from "../../core/fields.ts";
import { scriptAddresses } from "./links.ts";

/** What a component is given. */
export const PropsSchema = z.record(text(100), z.unknown()).superRefine((props, issue) => {
  for (const path of scriptAddresses(props)) {
    issue.addIssue({ code: "custom", path, message: "must not be an address that runs script" });
  }
});

/** A component, or a block the website has put together itself. */
const BLOCK_TYPE = /^(?:[A-Za-z][A-Za-z0-9]*|custom:block_[0-9A-HJKMNP-TV-Z]{26})$/;

/** A part of a page: the name of a component and what it is given. */
export const BlockSchema = z
  .strictObject({
    type: z
      .string()
      .max(64, "must have at most 64 characters")
      .regex(
        BLOCK_TYPE,
        "must be the name of a component such as HeroSection, or custom: and the id of a custom block",
      ),
    props: PropsSchema.default({}),
  })
  .openapi("Block", {
    example: { type: "HeroSection", props: { title: "Fresh bread, every morning" } },
  });

export const SeoSchema = z
  .strictObject({
    title: line(200).nullable().default(null),
    description: line(500).nullable().default(null),
    ogImage: UrlSchema.nullable().default(null),
    noIndex: z.boolean("must be true or false").default(false),
  })
  .openapi("Seo");

export const NavigationSchema = z
  .strictObject({
    label: line(100).nullable().default(null),
    order: z.int("must be a whole number").min(0).max(10_000).default(0),
    hidden: z.boolean("must be true or false").default(false),
  })
  .openapi("Navigation", {
    description:
      "The page's entry in the menu. A new page that comes without one is in the menu too, unless pages of its language have labels or orders by then: it is hidden, if it has no parent",
  });

export type Block = z.output<typeof BlockSchema>;
export type Seo = z.output<typeof SeoSchema>;
export type Navigation = z.output<typeof NavigationSchema>;
