import type { NewWorkspace } from "../platform/workspaces/service/found.ts";
import { hero, menu, text } from "../content/sample/blocks.ts";
import type { DemoSite } from "./sites.ts";

export { BAKERY } from "../content/sample/bakery.ts";
export { BIKE_SHOP } from "../content/sample/bike-shop.ts";

/** Two tenants: one with room to try everything, one whose limits are met within seconds. */
export const DEMO_WORKSPACE: NewWorkspace = {
  name: "Demo Studio",
  slug: "demo-studio",
  tier: "pro",
  contractTier: "enterprise",
};
export const STARTER_WORKSPACE: NewWorkspace = {
  name: "Corner Florist",
  slug: "corner-florist",
  tier: "starter",
  contractTier: "starter",
};

/** What the sandbox of a workspace starts with. */
export const SAMPLE: DemoSite = {
  daysAgo: 40,
  site: { name: "Sample site", slug: "demo-studio-sample", locale: "en" },
  pages: [
    {
      daysAgo: 40,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [hero("Nothing here is real", "Change, publish and delete as you like: no visitor ever sees it.")],
      navigation: menu("Home", 0),
    },
    {
      daysAgo: 39,
      title: "Contact",
      slug: "contact",
      status: "published",
      blocks: [text("Write to us", "sample@demo-studio.example")],
      navigation: menu("Contact", 1),
    },
    { daysAgo: 39, title: "About", slug: "about", status: "draft", blocks: [] },
  ],
};

export const FLORIST: DemoSite = {
  daysAgo: 10,
  site: { name: "Corner Florist", slug: "corner-florist", locale: "en" },
  pages: [
    {
      daysAgo: 9,
      title: "Home",
      slug: "home",
      status: "published",
      blocks: [hero("Flowers from the corner", "Cut this morning, tied while you wait")],
      navigation: menu("Home", 0),
    },
    {
      daysAgo: 8,
      title: "Bouquets",
      slug: "bouquets",
      status: "published",
      blocks: [text("Of the week", "Dahlias, asters and a little eucalyptus.")],
      navigation: menu("Bouquets", 1),
    },
  ],
};
