import { z } from "@hono/zod-openapi";

export const ReviewSettingsSchema = z
  .strictObject({
    autoApprove: z.boolean("must be true or false").default(false).register(z.globalRegistry, {
      description: "Whether reviews of customers are shown without anybody looking at them first",
    }),
    minimumRating: z
      .int("must be a whole number")
      .min(1, "must be at least 1")
      .max(5, "must be at most 5")
      .default(1)
      .register(z.globalRegistry, {
        description: "Of those, reviews with fewer stars wait for somebody to look at them",
      }),
  })
  .meta({ description: "What becomes of reviews that customers write" });

/** Whether a customer's review of so many stars is approved as it comes. */
export const isApprovedAtOnce = (
  { autoApprove, minimumRating }: z.output<typeof ReviewSettingsSchema>,
  rating: number,
): boolean => autoApprove && rating >= minimumRating;
