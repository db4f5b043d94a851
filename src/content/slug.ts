import slugify from "@sindresorhus/slugify";

const MAX_LENGTH = 80;

/** A slug from a title; `fallback` when the title holds no letter or digit any script can spell (`🎉`). */
export function slugFrom(title: string, fallback: string): string {
  const slug = slugify(title, { decamelize: false }).slice(0, MAX_LENGTH).replace(/-+$/, "");
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) ? slug : fallback;
}

/** The first of `base`, `base-2`, `base-3`, … that is not taken. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
