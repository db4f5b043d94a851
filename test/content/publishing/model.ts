import fc from "fast-check";

/** A few addresses, so that pages follow each other at them. */
const ADDRESSES = ["a", "b", "c"] as const;
export const SLUGS: readonly string[] = ADDRESSES;

/** What somebody does to a website; `page` picks one of those there are. */
export type Action =
  | { kind: "create"; slug: string; isPublished: boolean }
  | { kind: "rename" | "remove" | "toggle" | "schedule"; page: number }
  | { kind: "move"; page: number; slug: string }
  | { kind: "publish" }
  | { kind: "rollback"; back: number };

const page = fc.nat(9);
const slug = fc.constantFrom(...SLUGS);
export const actions: fc.Arbitrary<Action> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("create" as const), slug, isPublished: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom("rename" as const, "remove" as const), page }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("toggle" as const, "schedule" as const), page }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("move" as const), page, slug }) },
  { weight: 8, arbitrary: fc.constant({ kind: "publish" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("rollback" as const), back: fc.integer({ min: 1, max: 19 }) }),
  },
);

export interface ModelPage {
  id: string;
  slug: string;
  title: string;
  isPublished: boolean;
}

type Shown = Pick<ModelPage, "id" | "slug" | "title">;

/** What a website and its deployments are to be. */
export class Model {
  pages: ModelPage[] = [];
  /** What each deployment shows, the first one first. */
  deployments: Shown[][] = [];
  /** Number of the live one; 0 for none. */
  live = 0;

  isFree = (slug: string): boolean => !this.pages.some((it) => it.slug === slug);

  publish(): void {
    this.deploy(this.pages.filter((it) => it.isPublished));
  }

  /** A page's time has come: it joins what is live. */
  publishAlone(page: ModelPage): void {
    page.isPublished = true;
    if (this.live > 0) this.deploy([...this.shownIn(this.live).filter(({ id }) => id !== page.id), page]);
  }

  /** What a visitor of a deployment may get at an address; of two pages there, which a page published alone may bring about, either. */
  expected(number: number, slug: string): string[] {
    const shown = this.shownIn(number);
    const here = shown.filter((it) => it.slug === slug);
    if (here.length > 0) return here.map(({ title }) => title);
    const earlier = this.deployments.slice(0, number - 1).findLast((it) => it.some((old) => old.slug === slug)) ?? [];
    const former = earlier.filter((it) => it.slug === slug);
    if (former.length === 0) return ["404"];
    return former.map(({ id }) => {
      const now = shown.find((it) => it.id === id);
      return now ? `301 ${now.slug}` : "410";
    });
  }

  private shownIn = (number: number): Shown[] => this.deployments[number - 1] ?? [];

  private deploy(shown: readonly Shown[]): void {
    this.deployments.push(shown.map(({ id, slug, title }) => ({ id, slug, title })));
    this.live = this.deployments.length;
  }
}
