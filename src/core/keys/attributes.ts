import type { KeyPolicy } from "./policy.ts";

/** Whoever looks: a caller, or the key behind a webhook. */
export type Viewer =
  | { kind: "key"; policy: Pick<KeyPolicy, "accessType" | "attributes"> }
  | { kind: "job" }
  | { kind: "anonymous" };

/** Channels a key of access type `integrations` can be limited to (docs/contract.md §4, push). */
export const CHANNELS: readonly string[] = ["web_push", "email"];

type Personal = Readonly<Record<string, readonly string[]>>;

let registered: Personal | null = null;

/**
 * Names the personal attributes of each resource: what a key of access type `integrations` may be kept from seeing
 * (document 003). Names are those of the wire, without regard to their casing. The composition root calls this once.
 */
export function registerPersonalAttributes(personal: Personal): void {
  registered = personal;
}

/** Every personal attribute a key can be limited in, by resource. Without knowing them nothing is shown to anybody. */
export function allPersonalAttributes(): Personal {
  if (!registered) throw new Error("The composition root has to call registerPersonalAttributes.");
  return registered;
}

const plain = (name: string): string => name.replaceAll("_", "").toLowerCase();

/** What a key can be limited in, spelled as either surface does: `customerName`, `customer_name`. */
export const attributeNames = (): string[] => [
  ...new Set(
    Object.values(allPersonalAttributes())
      .flat()
      .flatMap((name) => [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
  ),
];

const everything = (): boolean => true;
const nothing = (): boolean => false;

/**
 * Says whether the caller may see a personal attribute. Of a key's list, none or an empty one means all of them
 * (document 003); work of ours sees all, and whoever has no key sees none.
 */
export function personalAttributes(viewer: Viewer): (name: string) => boolean {
  if (viewer.kind === "anonymous") return nothing;
  if (viewer.kind === "job") return everything;
  const { accessType, attributes } = viewer.policy;
  if (accessType !== "integrations" || !attributes || attributes.length === 0) return everything;
  const visible = new Set(attributes.map(plain));
  return (name) => visible.has(plain(name));
}

/** Whether a resource has personal attributes that the caller may not see. */
export function isLimited(viewer: Viewer, resource: string): boolean {
  const isVisible = personalAttributes(viewer);
  return allPersonalAttributes()[resource]?.some((name) => !isVisible(name)) ?? false;
}

/** Those of a resource's fields that the caller may see. */
export function visibleFields(viewer: Viewer, resource: string, fields: readonly string[]): string[] {
  const personal = allPersonalAttributes()[resource] ?? [];
  const isVisible = personalAttributes(viewer);
  return fields.filter((name) => !personal.includes(name) || isVisible(name));
}

/** A resource without the personal attributes the caller may not see. */
export function redact<Item extends Record<string, unknown>>(viewer: Viewer, resource: string, item: Item): Item {
  const personal = allPersonalAttributes()[resource];
  if (!personal || !isLimited(viewer, resource)) return item;
  const isVisible = personalAttributes(viewer);
  const kept = Object.entries(item).filter(([name]) => !personal.includes(name) || isVisible(name));
  return Object.fromEntries(kept) as Item;
}
