import type { CreatePage } from "../pages/contract.ts";
import type { SamplePicture } from "./pictures.ts";
import type { CreateSite } from "../sites/contract.ts";

/** A page as the samples tell it: other pages are named by their slugs. */
export interface SamplePage extends Omit<CreatePage, "parentId" | "translationOf"> {
  slug: string;
  /** When it was written. */
  daysAgo: number;
  parent?: string;
  translates?: string;
}

/** An article of a site's blog. */
export interface SamplePost {
  daysAgo: number;
  title: string;
  slug: string;
  status: "draft" | "published";
  excerpt: string;
  content: string;
  tags: string[];
}

/** A website to try things with. */
export interface SampleSite {
  site: CreateSite & { slug: string };
  daysAgo: number;
  pages: SamplePage[];
  /** Older than the publish. */
  posts?: SamplePost[];
  /** What pages, posts and settings name by `pictureNamed`. */
  pictures?: SamplePicture[];
  /** Settings that name some of them. */
  picturesOfSite?: Record<string, string>;
  /** The site was published once, that long ago; pages younger than that wait for the next publish. */
  publishedDaysAgo?: number;
}
