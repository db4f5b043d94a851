import type { SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import {
  CouponSchema,
  type CreateCoupon,
  CreateCouponSchema,
  toCoupon,
  type UpdateCoupon,
  UpdateCouponSchema,
} from "../../content/shop/coupons/contract.ts";
import {
  couponFilter,
  couponSearch,
  createCoupon,
  deleteCoupon,
  findCoupon,
  updateCoupon,
} from "../../content/shop/coupons/service.ts";
import {
  type CreateOrder,
  CreateOrderSchema,
  OrderSchema,
  toOrder,
  type UpdateOrder,
  UpdateOrderSchema,
} from "../../content/shop/orders/contract.ts";
import {
  createOrder,
  findOrder,
  type OrderRow,
  orderFilter,
  orderSearch,
  shownOrder,
  updateOrder,
} from "../../content/shop/orders/service.ts";
import {
  type CreateProduct,
  CreateProductSchema,
  ProductSchema,
  toProduct,
  type UpdateProduct,
  UpdateProductSchema,
} from "../../content/shop/products/contract.ts";
import {
  createProduct,
  deleteProduct,
  findProduct,
  productFilter,
  productSearch,
  updateProduct,
} from "../../content/shop/products/service.ts";
import { coupons, ORDER_STATUSES, type OrderStatus, orders, products } from "../../content/shop/table.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import type { ItemTable } from "./table.ts";

const scopes = { read: "ecommerce:read", write: "ecommerce:write", delete: "ecommerce:write" } as const;

type ShopTable = SQLiteTable & Record<"id" | "createdAt" | "updatedAt", SQLiteColumn>;

const sourceOf = (
  table: ShopTable,
  { where, total }: { where: SQL; total: SQL },
  search: (text: string) => SQL,
): NumberedSource => ({
  table,
  where,
  sorts: { created_at: table.createdAt, updated_at: table.updatedAt },
  id: table.id,
  counted: total,
  search,
  createdAt: table.createdAt,
  updatedAt: table.updatedAt,
});

const sorts = ["created_at", "updated_at"];

export const productsTable: ItemTable = {
  scopes,
  list: {
    schema: ProductSchema,
    sorts,
    statuses: ["active", "inactive"],
    isSearchable: true,
    source: (ctx, siteId, { status }) => {
      const filter = productFilter(ctx, siteId, status === undefined ? {} : { active: status === "active" });
      return sourceOf(products, filter, productSearch);
    },
    toWire: (_, row) => toProduct(row),
  },
  get: async (ctx, { siteId, id }) => toProduct(await findProduct(ctx, { siteId, productId: id })),
  create: {
    schema: CreateProductSchema,
    run: (ctx, siteId, product: CreateProduct) => createProduct({ ctx, input: { siteId, product } }),
  },
  update: {
    schema: UpdateProductSchema,
    run: (ctx, { id, ...target }, changes: UpdateProduct) =>
      updateProduct({ ctx, input: { ...target, productId: id, changes } }),
  },
  remove: (ctx, { id, ...target }) => deleteProduct({ ctx, input: { ...target, productId: id } }),
};

export const couponsTable: ItemTable = {
  scopes,
  list: {
    schema: CouponSchema,
    sorts,
    statuses: [],
    isSearchable: true,
    source: (ctx, siteId) => sourceOf(coupons, couponFilter(ctx, siteId), couponSearch),
    toWire: (_, row) => toCoupon(row),
  },
  get: async (ctx, { siteId, id }) => toCoupon(await findCoupon(ctx, { siteId, couponId: id })),
  create: {
    schema: CreateCouponSchema,
    run: (ctx, siteId, coupon: CreateCoupon) => createCoupon({ ctx, input: { siteId, coupon } }),
  },
  update: {
    schema: UpdateCouponSchema,
    run: (ctx, { id, ...target }, changes: UpdateCoupon) =>
      updateCoupon({ ctx, input: { ...target, couponId: id, changes } }),
  },
  remove: (ctx, { id, ...target }) => deleteCoupon({ ctx, input: { ...target, couponId: id } }),
};

/** Orders are cancelled or refunded, not deleted: others have acted on them. */
export const ordersTable: ItemTable = {
  scopes,
  list: {
    schema: OrderSchema,
    sorts,
    statuses: [...ORDER_STATUSES],
    isSearchable: true,
    source: (ctx, siteId, { status }) => {
      const filter = orderFilter(ctx, siteId, { status: status as OrderStatus | undefined });
      return sourceOf(orders, filter, (text) => orderSearch(ctx, text));
    },
    toWire: (ctx, row: OrderRow) => shownOrder(ctx, toOrder(row)),
  },
  get: async (ctx, { siteId, id }) => shownOrder(ctx, toOrder(await findOrder(ctx, { siteId, orderId: id }))),
  create: {
    schema: CreateOrderSchema,
    run: (ctx, siteId, order: CreateOrder) => createOrder({ ctx, input: { siteId, order } }),
  },
  update: {
    schema: UpdateOrderSchema,
    run: (ctx, { id, ...target }, changes: UpdateOrder) =>
      updateOrder({ ctx, input: { ...target, orderId: id, changes } }),
  },
};
