/**
 * Links that begin with `/` lead to pages of the document's own site, wherever that begins. Media, other sites of the
 * same host and previews stay where they are. In HTML of ours no `>` and no quote stands within an attribute.
 */
export const linksBelow = (base: string, html: string): string =>
  base === ""
    ? html
    : html.replace(/(<a [^>]*?href=")\/(?!\/|media\/|s\/|preview\/)/g, (_, start) => `${start}${base}/`);

/** The same for one address. */
export const addressBelow = (base: string, address: string): string =>
  /^\/(?!\/|media\/|s\/|preview\/)/.test(address) ? base + address : address;

/** For readers who have a document far from its address: what it refers to, in HTML of ours, is named in full. */
export const absoluteLinks = (address: string, html: string): string =>
  html.replace(/(<(?:a|img) [^>]*?(?:href|src)=")([^"]*)/g, (whole, start, link) => {
    const absolute = URL.canParse(link) ? null : URL.parse(link, address);
    return absolute ? start + absolute.href : whole;
  });
