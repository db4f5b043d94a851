/** What is stored of a block or an entry of it: free-form, so that every property is checked when it is read. */
export type Props = Record<string, unknown>;

/** A text property, whatever was stored under its name; `""` for what is none. */
export const textOf = (props: Props, ...names: string[]): string => {
  for (const name of names) {
    const value = props[name];
    if (typeof value === "string" && value.trim() !== "") return value;
    if (typeof value === "number") return String(value);
  }
  return "";
};

export const numberOf = (props: Props, name: string): number | null => {
  const value = props[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};

/** The entries of a list property that are objects. */
export const itemsOf = (props: Props, ...names: string[]): Props[] => {
  const list = names.map((name) => props[name]).find(Array.isArray) ?? [];
  return list.filter((it): it is Props => typeof it === "object" && it !== null && !Array.isArray(it));
};

/** The entries of a list property that are texts. */
export const textsOf = (props: Props, name: string): string[] => {
  const list = props[name];
  return Array.isArray(list) ? list.filter((it): it is string => typeof it === "string") : [];
};

const SAFE_SCHEMES = new Set(["https:", "http:", "mailto:", "tel:"]);

/** An address a link may have: one of the site itself, or of a scheme that runs nothing. `null` for anything else. */
export function linkOf(props: Props, ...names: string[]): string | null {
  const address = textOf(props, ...names).trim();
  if (address === "" || /[\s\p{C}\\]/u.test(address)) return null;
  if (/^(?:\/(?!\/)|#|\?)/.test(address)) return address;
  const url = URL.parse(address);
  return url && SAFE_SCHEMES.has(url.protocol) ? url.href : null;
}

/** The address of an image: https, or a path of this host. */
export function imageOf(props: Props, ...names: string[]): string | null {
  const address = linkOf(props, ...names);
  return address !== null && /^(?:https?:|\/)/.test(address) ? address : null;
}
