/**
 * Links that begin with `/` lead to pages of the document's own site, wherever that begins. Media, other sites of the
 * same host and previews stay where they are. In HTML of ours no `>` and no quote stands within an attribute.
 */
export const linksBelow = (base: string, html: string): string =>
  base === ""
    ? html
    : html.replace(/(<a [^>]*?href=")\/(?!\/|media\/|s\/|preview\/)/g, (_, start) => `${start}${base}/`);
