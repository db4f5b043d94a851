/** Where a visit came from, in words; `none` where there is nothing to say. */
export interface Origin {
  /** The host of the page before; `none` of direct visits. */
  referrer: string;
  /** `utm_source`, or the name of the place it came from, or `direct`. */
  source: string;
  /** `utm_medium`, or `organic`, `social`, `referral`, `none`. */
  medium: string;
  campaign: string;
  term: string;
  content: string;
}

export const NONE = "none";
const MAX_LENGTH = 100;

/** Hosts by what they are called, with or without what stands before them: `www.google.co.uk` is google. */
const SEARCH = /(?:^|\.)(google|bing|duckduckgo|yahoo|ecosia|qwant|startpage|baidu|yandex|brave|kagi)\.[a-z.]{2,10}$/;
const SOCIAL =
  /(?:^|\.)(facebook|instagram|linkedin|pinterest|reddit|tiktok|youtube|threads|twitter|whatsapp|mastodon|bsky)\.[a-z.]{2,10}$/;
/** Short hosts of the same. */
const SHORT: Readonly<Record<string, string>> = {
  "t.co": "twitter",
  "x.com": "twitter",
  "fb.me": "facebook",
  "lnkd.in": "linkedin",
  "youtu.be": "youtube",
  "t.me": "telegram",
  "wa.me": "whatsapp",
};

/** What a host says of where somebody comes from. */
function placeOf(host: string): Pick<Origin, "source" | "medium"> {
  const search = SEARCH.exec(host)?.[1];
  if (search) return { source: search, medium: "organic" };
  const social = SHORT[host] ?? SOCIAL.exec(host)?.[1];
  return social ? { source: social, medium: "social" } : { source: host.replace(/^www\./, ""), medium: "referral" };
}

const hostOf = (url: URL): string => url.hostname.replace(/\.$/, "").slice(0, 253);

/** The host of the page before; `null` for direct visits, and within the site. */
function referrerHost(referrer: string | null | undefined, page: URL): string | null {
  const url = URL.parse(referrer ?? "");
  if (!url || !/^https?:$/.test(url.protocol) || hostOf(url) === hostOf(page)) return null;
  return hostOf(url);
}

/** Texts of a campaign are as their writer spelled them, in lower case: `Spring` and `spring` are one. */
function campaignText(page: URL, name: string): string | null {
  const text = (page.searchParams.get(`utm_${name}`) ?? "").replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, "").trim();
  return text === "" ? null : [...text.toLowerCase()].slice(0, MAX_LENGTH).join("");
}

/** Where a page view came from: its campaign goes before its referrer. Of the query nothing else is read. */
export function originOf(page: URL, referrer: string | null | undefined): Origin {
  const host = referrerHost(referrer, page);
  const place = host === null ? { source: "direct", medium: NONE } : placeOf(host);
  const source = campaignText(page, "source");
  return {
    referrer: host ?? NONE,
    source: source ?? place.source,
    medium: campaignText(page, "medium") ?? (source === null ? place.medium : "campaign"),
    campaign: campaignText(page, "campaign") ?? NONE,
    term: campaignText(page, "term") ?? NONE,
    content: campaignText(page, "content") ?? NONE,
  };
}
