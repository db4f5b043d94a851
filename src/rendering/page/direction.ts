/** Scripts that are written from right to left (Unicode's bidirectional classes R and AL) and languages are written in. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(
  "Adlm Arab Aran Armi Hebr Mand Mend Nkoo Rohg Samr Syrc Syre Syrj Syrn Thaa Yezi".split(" "),
);

/** A language follows its script: Punjabi runs to the right in India and to the left in Pakistan. */
export function directionOf(locale: string): "ltr" | "rtl" {
  const { script } = new Intl.Locale(locale).maximize();
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
}
