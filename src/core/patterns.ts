/**
 * Patterns that the description shows. They hold to what every dialect of regular expressions reads alike: no classes by
 * Unicode property, no `\d` and `\w`, which some read as ASCII and others not.
 */

/** Control characters that no keyboard writes; text of several lines has tabs and ends of lines. */
export const UNTYPED = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f";
/** Control characters and what else ends a line. */
export const BREAKS = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029";
/** What overrides the direction of the text that follows. */
export const DIRECTIONS = "\\u202a-\\u202e\\u2066-\\u2069";
/** What takes no ink: joiners, fillers, selectors, accents, what is nobody's. */
const UNSEEN =
  "\\s\\u00ad\\u0300-\\u036f\\u061c\\u115f\\u1160\\u180b-\\u180f\\u200b-\\u200f\\u2060-\\u206f\\u3164\\ue000-\\uf8ff\\ufe00-\\ufe0f\\uffa0\\ufff0-\\uffff";

/** With spaces around it, which are taken away. */
export const spaced = (pattern: string): string => `^\\s*${pattern}\\s*$`;

/** One line with something to see. */
export const LINE = spaced(`[^${BREAKS}${DIRECTIONS}]*[^${BREAKS}${DIRECTIONS}${UNSEEN}][^${BREAKS}${DIRECTIONS}]*`);

/** Text with something else than spaces in it. */
export const SEARCH = `^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$`;

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const GROUP = "[0-9A-Fa-f]{1,4}";
/** Groups before and after the gap that `::` leaves; never eight, or there would be no gap. */
const gapped = (before: number): string =>
  before === 0 ? `:(?:(?::${GROUP}){1,7}|:)` : `(?:${GROUP}:){${before}}(?:(?::${GROUP}){1,${7 - before}}|:)`;
const IPV6 = [
  `(?:${GROUP}:){7}${GROUP}`,
  `(?:${GROUP}:){7}:`,
  ...[6, 5, 4, 3, 2, 1, 0].map(gapped),
  `::(?:[Ff]{4}:)?${IPV4}`,
].join("|");

/** An address of IPv4 or IPv6, or a block of them (CIDR). */
export const IP_RULE = `^(?:${IPV4}(?:/(?:3[0-2]|[12]?[0-9]))?|(?:${IPV6})(?:/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9]))?)$`;

const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const TOP_LABEL = "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

/** A domain name of at least two labels. */
export const DOMAIN = `(?:${LABEL}\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]`;

const HOST = `(?:(?:${LABEL}\\.)*${TOP_LABEL}|${IPV4})`;
/** Characters of an address after its host but the slash: those of RFC 3986, and other scripts as browsers take them. */
const REST =
  "!#-.0-;=?-\\[\\]_a-z~\\u00a1-\\u00ac\\u00ae-\\u05ff\\u0620-\\u06dc\\u0900-\\u167f\\u2c00-\\u2fff\\u3001-\\ud7ff\\uf900-\\ufdff";
const ASCII_REST = "!#-;=?-\\[\\]_a-z~";

const AFTER_SCHEME = `://${HOST}(?::[0-9]{1,4})?(?:[/?#][/${REST}]*)?`;
const webUrl = `https?${AFTER_SCHEME}`;

/** An absolute http(s) address. */
export const WEB_URL = `^${webUrl}$`;

const PATH = `/(?:[${REST}][/${REST}]*)?`;

/** The same, or a path on the site itself. */
export const WEB_URL_OR_PATH = `^(?:${webUrl}|${PATH})$`;

/** An absolute https address. */
export const HTTPS_URL = `^https${AFTER_SCHEME}$`;

/** The same, or a path on the site itself. */
export const HTTPS_URL_OR_PATH = `^(?:https${AFTER_SCHEME}|${PATH})$`;

/** A path on the site itself, encoded or not. */
export const SITE_PATH = `^/(?:[^${BREAKS}\\\\/][^${BREAKS}\\\\]*)?$`;

/** Ports from 1024 on. Some of them are closed all the same, to what is known to listen there. */
const HIGH_PORT =
  "(?:102[4-9]|10[3-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

/** An address on a public host that webhooks may be posted to; which names are public, no pattern can tell. */
export const PUBLIC_URL = `^https://(?:(?:${LABEL}\\.)+[A-Za-z]{2,63}|${IPV4})(?::(?:443|${HIGH_PORT}))?(?:[/?#][${ASCII_REST}]*)?$`;

/** `whsec_` and the padded base64 (RFC 4648 §4) of 24 to 64 bytes, as an encoder writes it. */
const BASE64 = "[A-Za-z0-9+/]";
const TAIL_OF_1 = `${BASE64}[AQgw]==`;
const TAIL_OF_2 = `${BASE64}{2}[AEIMQUYcgkosw048]=`;
export const SECRET = `^whsec_(?:${BASE64}{4}){8,20}(?:${BASE64}{4}|${TAIL_OF_1}|${TAIL_OF_2}|${BASE64}{4}${TAIL_OF_1})?$`;

const CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const LEAP_DAY = "(?:[0-9]{2}(?:[2468][048]|[13579][26]|0[48])|(?:[02468][048]|[13579][26])00)-02-29";
const ANY_DAY =
  "[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))";

/** A time of the day to the minute, or a moment with its offset (RFC 3339) of a day that there is. */
export const TIME_OR_MOMENT = `^(?:${CLOCK}|(?:${LEAP_DAY}|${ANY_DAY})T${CLOCK}:[0-5][0-9](?:\\.[0-9]+)?(?:Z|[+-]${CLOCK}))$`;

/** A value of CSS without anything that ends one. */
export const CSS_VALUE = "^[^;{}<>\\u0000]*$";

/** A telephone number as people write it. */
export const PHONE = "^\\+?[0-9\\s()./-]{3,40}$";
