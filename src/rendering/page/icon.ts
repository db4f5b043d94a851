import { iconColours } from "../style/palette.ts";
import { xmlText } from "../text/xml.ts";

/** The site's icon where it has none of its own: the first letter of its name on its colour. */
export function iconOf(siteName: string, designTokens: Record<string, string>): string {
  const [first] = new Intl.Segmenter().segment(siteName.trim());
  const { ground, ink } = iconColours(designTokens);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="${ground}"/><text x="32" y="45" font-family="system-ui,sans-serif" font-size="38" font-weight="700" text-anchor="middle" fill="${ink}">${xmlText((first?.segment ?? "").toLocaleUpperCase())}</text></svg>`;
}
