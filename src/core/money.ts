/** Currencies of ISO 4217 whose minor unit is not a hundredth, by how many decimal digits it stands for. */
const DIGITS: Record<number, string> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XAG XAU XBA XBB XBC XBD XDR XOF XPD XPF XPT XSU XTS XUA XXX",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};

/** Codes of ISO 4217 that the runtime does not list: funds and units of account of single countries, metals, new ones. */
const UNLISTED = "BOV CHE CHW COU MXV SLE USN VED XCG ZWG";

const codes = (text: string): string[] => text.split(" ");

const digits = new Map(
  Object.entries(DIGITS).flatMap(([count, list]) => codes(list).map((code) => [code, Number(count)] as const)),
);
const known = new Set([...Intl.supportedValuesOf("currency"), ...codes(UNLISTED), ...digits.keys()]);

/** Codes of the currencies there are or were (ISO 4217). */
export const CURRENCIES = [...known].sort() as [string, ...string[]];

/**
 * Decimal digits of a currency's minor unit by ISO 4217: an amount of 650 is 6.50 in EUR and 650 in JPY. The runtime's
 * own figures are those a price is usually shown with (HUF without any), which is another thing.
 */
export const minorDigits = (currency: string): number => digits.get(currency) ?? 2;
