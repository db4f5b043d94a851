import { csvLinesOf, harmless, inUnits } from "../../csv.ts";
import type { OrderItem, OrderRow } from "./table.ts";

const moment = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());
const itemText = ({ quantity, title, sku }: OrderItem): string =>
  `${quantity} × ${title}${sku === null ? "" : ` (${sku})`}`;

/** A column by its name; what is said of the customer, by the field it is of. */
interface Column {
  name: string;
  of?: keyof OrderRow;
  cell(order: OrderRow): string | null | undefined;
}

const amount = (
  name: "subtotal" | "discount" | "shipping" | "tax" | "total" | "paidAmount" | "refundedAmount",
): Column => ({
  name,
  cell: (order) => inUnits(order[name], order.currency),
});

const address = (name: keyof NonNullable<OrderRow["shippingAddress"]>): Column => ({
  name,
  of: "shippingAddress",
  cell: ({ shippingAddress }) => shippingAddress?.[name],
});

const COLUMNS: readonly Column[] = [
  { name: "number", cell: ({ number }) => String(number) },
  { name: "id", cell: ({ id }) => id },
  { name: "createdAt", cell: ({ createdAt }) => moment(createdAt) },
  { name: "status", cell: ({ status }) => status },
  { name: "paidAt", cell: ({ paidAt }) => moment(paidAt) },
  { name: "currency", cell: ({ currency }) => currency },
  amount("subtotal"),
  amount("discount"),
  amount("shipping"),
  amount("tax"),
  { name: "taxIncluded", cell: ({ taxIncluded }) => String(taxIncluded) },
  amount("total"),
  amount("paidAmount"),
  amount("refundedAmount"),
  { name: "couponCode", cell: ({ couponCode }) => couponCode },
  { name: "shippingMethod", cell: ({ shippingMethod }) => shippingMethod },
  { name: "items", cell: ({ items }) => items.map(itemText).join("; ") },
  { name: "customerName", of: "customerName", cell: ({ customerName }) => customerName },
  { name: "customerEmail", of: "customerEmail", cell: ({ customerEmail }) => customerEmail },
  { name: "customerPhone", of: "customerPhone", cell: ({ customerPhone }) => customerPhone },
  address("line1"),
  address("line2"),
  address("postalCode"),
  address("city"),
  address("region"),
  address("country"),
  { name: "note", cell: ({ note }) => note },
];

/** The names of the columns, as the first line (RFC 4180). */
export const csvHead = (): string => csvLinesOf([COLUMNS.map(({ name }) => name)]);

/** Orders as lines below them. What the reader may not see is empty. */
export const csvLines = (orders: readonly OrderRow[], isVisible: (field: string) => boolean): string =>
  csvLinesOf(
    orders.map((order) => COLUMNS.map(({ of, cell }) => (of && !isVisible(of) ? "" : harmless(cell(order) ?? "")))),
  );
