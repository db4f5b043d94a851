import { z } from "@hono/zod-openapi";
import { PUBLICATION_STATUSES } from "../core/publication.ts";

const id = z.string("must be text").min(1, "must not be empty").max(64, "must have at most 64 characters");

/** Arguments that several tools share, described the same way in each. */
export const siteId = id.describe("Id of the website, as list_sites gives it");
export const pageId = id.describe("Id of the page, as list_pages gives it");

export const productId = id.describe("Id of the product, as list_products gives it");
export const orderId = id.describe("Id of the order, as list_orders gives it");
export const reviewId = id.describe("Id of the review, as list_reviews gives it");
export const formId = id.describe("Id of the form, as list_forms gives it");
export const memberId = id.describe("Id of the member of the loyalty programme, as list_members gives it");
export const rewardId = id.describe("Id of the reward, as list_rewards gives it");
export const serviceId = id.describe("Id of the service, as list_booking_services gives it");
export const staffId = id;
export const jobId = id.describe("Id of the job, as the tool that began it gave it");

export const paging = {
  limit: z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .max(100, "must be at most 100")
    .default(25)
    .describe("How many to return, 1 to 100"),
  cursor: z
    .string("must be text")
    .max(2_000, "is not a cursor this API has given out")
    .optional()
    .describe("The nextCursor of the page before, to go on from there"),
};

/** Optimistic locking: `of` is what is changed, `from` the tool that tells its version. */
export const expectedVersion = (of: string, from: string) =>
  z
    .int("must be a whole number")
    .min(1, "must be at least 1")
    .optional()
    .describe(`Change the ${of} only if it is still at this version, as ${from} gave it`);

/** What `expectedVersion` asks of a service. */
export const versionsOf = (expected: number | undefined): number[] | null =>
  expected === undefined ? null : [expected];

/** Whether arguments name anything besides what says where it is to be changed. */
export const namesChange =
  (...address: string[]) =>
  (value: object): boolean =>
    Object.keys(value).some((name) => ![...address, "siteId", "expectedVersion"].includes(name));

export const search = z
  .string("must be text")
  .trim()
  .min(1, "must not be empty")
  .max(200, "must have at most 200 characters")
  .optional();

/** `all`, which tools offer as a status, filters nothing. */
export const statusFilter = z.enum([...PUBLICATION_STATUSES, "all"], "must be draft, published, archived or all");
export const statusOf = (status: z.output<typeof statusFilter>) => (status === "all" ? undefined : status);
