import { invalid } from "./errors.ts";

/** Where something that can be published stands. */
export const PUBLICATION_STATUSES = ["draft", "published", "archived"] as const;

export type PublicationStatus = (typeof PUBLICATION_STATUSES)[number];

interface Publication {
  status: PublicationStatus;
  publishedAt: number | null;
}

/**
 * When something became published: as it was before unless the caller tells, and now where it is published and nobody has.
 * What comes from elsewhere brings its own time, which cannot be ahead; `field` is what the caller knows it as.
 */
export function publicationTime(
  { status, publishedAt }: Publication,
  given: number | null | undefined,
  { now, field }: { now: number; field: string },
): number | null {
  if (given && given > now) throw invalid(field, "must not be in the future");
  const told = given === undefined ? publishedAt : given;
  return told ?? (status === "published" ? now : null);
}
