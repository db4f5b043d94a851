import { html } from "hono/html";
import type { Html } from "../blocks/kit.ts";

/** Styles and scripts that only some pages load, each where it is needed. */
export const EXTRAS = ["shop.css", "shop.js", "booking.css", "push.css", "push.js", "forms.css"] as const;

export type Extra = (typeof EXTRAS)[number];

/** Where what pages load lies below the site. */
export type Assets = Record<"site.css" | "favicon.svg" | "pixel.js" | Extra, string>;

/** What a page loads besides what every page does: styles, and scripts that wait until it is there. */
export const linksTo = (extras: readonly Extra[], { base, assets }: { base: string; assets: Assets }): Html[] =>
  EXTRAS.filter((it) => extras.includes(it)).map((it) =>
    it.endsWith(".css")
      ? html`<link rel="stylesheet" href="${base}/${assets[it]}">`
      : html`<script src="${base}/${assets[it]}" defer></script>`,
  );
