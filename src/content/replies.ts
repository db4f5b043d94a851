/** A single resource with its ETag. */
export const versioned = <Data extends { version: number }>(data: Data) => ({ data, version: data.version });

/** A new resource, and where it is. */
export const created = <Data extends { id: string; version: number }>(collection: string, data: Data) => ({
  ...versioned(data),
  headers: { Location: `${collection}/${data.id}` },
});
