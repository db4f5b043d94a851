const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** A path that is decoded already, as `pathKey` writes it. */
export const keyOf = (path: string): string => {
  const segments: string[] = [];
  for (const segment of path.normalize("NFC").split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  // What no address shows by itself is written as addresses have it.
  return `/${segments.join("/")}`.replace(/[\p{Cc}\\]/gu, (it) => encodeURIComponent(it));
};

/**
 * A path as redirects are looked up by it: without query and fragment, decoded, in Unicode's composed form, without slashes
 * at its end or beside each other, and without the steps (`.`, `..`) that browsers take before they ask. Two paths a visitor would take for the same are the same.
 */
export const pathKey = (path: string): string => {
  const [plain = ""] = path.split(/[?#]/, 1);
  return keyOf(decoded(plain));
};

/** Of an address that is a path on the site itself, its key; `null` for one on another host. */
export const targetOf = (address: string): string | null => (address.startsWith("/") ? pathKey(address) : null);
