type Rgb = [red: number, green: number, blue: number];

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** Contrast ratios text has at least (WCAG 2.2, 1.4.3), and where it is read at length (1.4.6). */
const READABLE = 4.5;
const READ_AT_LENGTH = 7;

/** `#rgb` or `#rrggbb`, any opacity left out; `null` for every other way of writing a colour. */
function hexColour(value: string): Rgb | null {
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(value.trim())?.[1];
  if (!digits) return null;
  const pairs = digits.length < 6 ? [...digits].map((digit) => digit + digit) : (digits.match(/../g) as string[]);
  return pairs.slice(0, 3).map((pair) => Number.parseInt(pair, 16)) as Rgb;
}

const hex = (colour: Rgb): string => `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;

const mix = (from: Rgb, to: Rgb, share: number): Rgb =>
  from.map((part, index) => Math.round(part + ((to[index] as number) - part) * share)) as Rgb;

/** Relative luminance (WCAG 2.2): 0 for black, 1 for white. */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio (WCAG 2.2), from 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is read better on a colour: never less than 4.58 to 1. */
const inkOn = (colour: Rgb): Rgb => (contrast(colour, WHITE) >= contrast(colour, BLACK) ? WHITE : BLACK);

/** The colour itself, or as much nearer to `ink` as it must be to be read on all of `grounds`. */
function readable(colour: Rgb, ink: Rgb, grounds: Rgb[], ratio: number): Rgb {
  for (let share = 0; share < 1; share += 0.05) {
    const candidate = mix(colour, ink, share);
    if (grounds.every((ground) => contrast(candidate, ground) >= ratio)) return candidate;
  }
  return ink;
}

/** The same for a token that cannot be computed with, left to the browser: its lightness stays on the ink's side. */
const readableToken = (name: string, isDark: boolean): string =>
  `oklch(from var(--dt-${name}) ${isDark ? "max(l,.8)" : "min(l,.45)"} c h)`;

/** `inkOn`, left to the browser: white below a luminance (`y`) of 0.179, black above. */
const inkOnToken = (name: string): string => {
  const [x, y, z] = [0.95, 1, 1.09].map((white) => `clamp(0,(.179 - y)*999,${white})`);
  return `color(from var(--${name}) xyz-d65 ${x} ${y} ${z})`;
};

/** The site's colour and what is read on it, for a picture of its own: it sees no stylesheet. */
export function iconColours({ colorPrimary = "" }: Readonly<Record<string, string>>): { ground: string; ink: string } {
  const primary = hexColour(colorPrimary) ?? (hexColour("#1d4ed8") as Rgb);
  return { ground: hex(primary), ink: hex(inkOn(primary)) };
}

/**
 * Colours that follow from a site's design tokens so that all text can be read, whatever colours somebody has chosen.
 * Only hex colours can be computed with; on another kind of ground there is black or white text and nothing else.
 */
export function palette(tokens: Readonly<Record<string, string>>): Record<string, string> {
  const primary = hexColour(tokens.colorPrimary ?? "#1d4ed8");
  const onPrimary = primary ? hex(inkOn(primary)) : inkOnToken("primary");
  const ground = hexColour(tokens.colorBackground ?? tokens.colorSurface ?? "#fff");
  if (!ground) {
    const [ink, same] = [inkOnToken("ground"), "var(--ground)"];
    return { onPrimary, text: ink, muted: ink, link: ink, panel: same, tint: same, scheme: "light dark" };
  }

  const ink = inkOn(ground);
  const isDark = ink === WHITE;
  // What lies on the ground is further from the ink than the ground itself, or a breath of the site's colour.
  const panel = mix(ground, isDark ? BLACK : WHITE, isDark ? 0.3 : 0.7);
  const accent = hexColour(tokens.colorAccent ?? "");
  const tinted = accent ? mix(ground, accent, 0.12) : mix(ground, primary ?? ground, 0.07);
  const tint = contrast(ink, tinted) < READABLE ? ground : tinted;
  const grounds = [ground, panel, tint];
  const text = hexColour(tokens.colorText ?? (isDark ? "#fafaf9" : "#1c1917"));
  const body = text && readable(text, ink, grounds, READ_AT_LENGTH);
  return {
    onPrimary,
    text: body ? hex(body) : readableToken("color-text", isDark),
    muted: hex(readable(mix(body ?? ink, ground, 0.3), ink, grounds, READABLE)),
    link: primary ? hex(readable(primary, ink, grounds, READABLE)) : readableToken("color-primary", isDark),
    panel: hex(panel),
    tint: hex(tint),
    scheme: isDark ? "dark" : "light",
  };
}
