import { describe, expect, it } from "vitest";
import { palette } from "../../src/rendering/style/palette.ts";
import { styleOf } from "../../src/rendering/style/style.ts";

/** Contrast ratio of two `#rrggbb` colours (WCAG 2.2), computed apart from the product. */
function contrast(...colours: [string, string]): number {
  const [dark = 0, light = 0] = colours
    .map((colour) => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
        const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    })
    .sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const LEVELS = ["00", "33", "66", "99", "cc", "ff"];
const COLOURS = LEVELS.flatMap((r) => LEVELS.flatMap((g) => LEVELS.map((b) => `#${r}${g}${b}`)));

describe("the stylesheet of a site", () => {
  it("the stylesheet of a site takes less than twelve kilobytes", () => {
    expect(styleOf({ colorPrimary: "#1d4e89", colorAccent: "#e0a458", fontBody: "Inter" }).length).toBeLessThan(12_000);
  });

  it("the stylesheet of a site has text that can be read on every ground, whatever its colours are", () => {
    for (const [index, colorSurface] of COLOURS.entries()) {
      const colorPrimary = COLOURS[(index * 89) % COLOURS.length] as string;
      const colorText = COLOURS[(index * 131) % COLOURS.length] as string;
      const colorAccent = COLOURS[(index * 47) % COLOURS.length] as string;
      const colours = palette({ colorSurface, colorPrimary, colorText, colorAccent });
      const { text = "", muted = "", link = "", onPrimary = "", panel = "", tint = "" } = colours;
      const ratios = [colorSurface, panel, tint].flatMap((ground) =>
        [text, muted, link].map((it) => contrast(it, ground)),
      );
      expect({ colours, worst: Math.min(...ratios, contrast(onPrimary, colorPrimary)) >= 4.5 }).toEqual({
        colours,
        worst: true,
      });
    }
  });

  it("the stylesheet of a site leaves colours alone that can be read", () => {
    const { text, link } = palette({ colorPrimary: "#1d4e89", colorSurface: "#fffaf3", colorText: "#2a2320" });
    expect([text, link]).toEqual(["#2a2320", "#1d4e89"]);
  });

  it("the stylesheet of a site leaves what it cannot compute with to the browser", () => {
    expect(palette({ colorPrimary: "rebeccapurple" }).onPrimary).toContain("from var(--primary)");
    expect(palette({ colorSurface: "oklch(0.3 0.1 200)" }).text).toContain("from var(--ground)");
    expect(palette({ colorText: "hsl(0 0% 60%)" }).text).toContain("min(l,.45)");
  });
});
