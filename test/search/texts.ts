/** Decomposed: every accent behind its letter, every syllable in its parts. */
export const apart = (text: string): string => text.normalize("NFD");

interface Sample {
  text: string;
  /** What it is found by. */
  found: string[];
  /** What it is not found by, though careless folding would. */
  not?: string[];
}

/** A text in each script, how people look for it, and how they do not. */
export const SAMPLES: readonly Sample[] = [
  { text: "Öko-Brötchen über Öl", found: ["öko-brötchen", "ÖKO-BRÖTCHEN", "oko-brotchen", apart("Über Öl"), "ö"] },
  { text: "Große Straße am Weiß-Markt", found: ["STRASSE", "strasse", "GROẞE", "weiss"], not: ["großer"] },
  { text: "Ο ΟΔΥΣΣΕΥΣ του Όμηρου", found: ["οδυσσευς", "Οδυσσεύς", "ΟΜΉΡΟΥ", "ομηρου"] },
  { text: "İstanbul ışığı KIRMIZI", found: ["istanbul", "ISTANBUL", "isigi", "ışığı", "kırmızı", "kirmizi"] },
  { text: "Bánh mì ở Đà Nẵng", found: ["banh mi", "BÁNH MÌ", "đà nẵng", "da nang", "Da\u0300 Na\u0306\u0303ng"] },
  { text: "Smørrebrød z Łodzi à l’œuvre", found: ["smorrebrod", "SMØRREBRØD", "lodzi", "œuvre", "oeuvre", "L'ŒUVRE"] },
  { text: "مُحَمَّد في المـــدرسة", found: ["محمد", "المدرسة", "مُحَمَّد"] },
  { text: "שָׁלוֹם עֲלֵיכֶם", found: ["שלום", "עליכם"] },
  { text: "हिन्दी की क़िताब", found: ["हिन्दी", "क़िताब", "क\u093cिताब"], not: ["हनद", "हन्द", "किताब"] },
  { text: "서울에서 부산까지", found: ["서울", "부산", apart("부산"), "까지"], not: ["부선"] },
  { text: "ร้านขนมปังอยู่ใกล้สถานี", found: ["ขนมปัง", "ร้าน", "สถานี"], not: ["ไกล"] },
  { text: "我家在上海东边。海上有船", found: ["上海", "海", "东边", "海上有船"], not: ["边海"] },
  {
    text: "地域住民が主体となって進める組織です",
    found: ["主体", "となって", "組織", apart("が主体")],
    not: ["か主体"],
  },
  { text: "ｶﾀｶﾅのﾊﾟﾝ屋さん", found: ["カタカナ", "ﾊﾟﾝ", "パン屋"], not: ["バン屋"] },
  { text: "Ｆｕｌｌ ｗｉｄｔｈ １２３", found: ["full", "FULL WIDTH", "width 123"] },
  { text: "Ёлка и йогурт", found: ["елка", "ЁЛКА", "йогурт", apart("ЙОГУРТ")], not: ["иогурт"] },
  { text: "𠮷野家の牛丼と𝔊𝔬𝔱𝔥𝔦𝔠", found: ["𠮷野家", "牛丼", "gothic"], not: ["吉野家"] },
  { text: "ﬁne ﬂour №5 soft\u00adly", found: ["fine", "FLOUR", "no5", "softly"] },
  { text: "iPhone修理とMac", found: ["iphone修理", "修理", "ＩＰＨＯＮＥ"] },
  { text: '100% "safe" o\'clock_now a*b', found: ["100%", '"safe"', "O’Clock", "clock_now", "a*b"] },
];
