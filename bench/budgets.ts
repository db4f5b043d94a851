import type { Usage } from "./operations.ts";
import type { Outcome } from "./throughput.ts";
import type { ShopCost } from "./shop.ts";
import type { DeliveryCost } from "./webhooks.ts";

/** What every measurement is held to; the bench fails when one is missed. */
export const MIN_RATIO = 0.7;
const MAX_ROWS_WRITTEN = 0.1;

/** Per warm authenticated read: one object decides, KV is not asked, a page is one query of its own row. */
export interface ReadBudget {
  queries: number;
  rowsReturned: number;
}

export function missedRatios(outcomes: Outcome[]): string[] {
  return outcomes
    .filter(({ ratio }) => ratio < MIN_RATIO)
    .map(({ name, ratio }) => `${name}: ${ratio.toFixed(2)} of the floor, ${MIN_RATIO} is required`);
}

/** Rows a delivered webhook may write, from the commit of its event to the record of its success. */
const MAX_ROWS_PER_DELIVERY = 6;

export const missedDeliveries = ({ endpoints, perDelivery }: DeliveryCost): string[] =>
  perDelivery.rowsWritten + perDelivery.objectRowsWritten <= MAX_ROWS_PER_DELIVERY
    ? []
    : [
        `Webhooks to ${endpoints} endpoints: ${perDelivery.rowsWritten} rows written each, ${MAX_ROWS_PER_DELIVERY} are allowed`,
      ];

/** What one request asks for, exactly. */
export function missedReads({ name, request }: Usage, budget: ReadBudget): string[] {
  const checks: [isKept: boolean, what: string][] = [
    [request.objectCalls === 1, `${request.objectCalls} object calls, not 1`],
    [request.kvReads === 0, `${request.kvReads} KV reads`],
    [request.bucketReads === 0, `${request.bucketReads} reads of the bucket`],
    [request.queries === budget.queries, `${request.queries} queries, not ${budget.queries}`],
    [request.rowsRead <= budget.rowsReturned + 1, `${request.rowsRead} rows read`],
  ];
  return checks.filter(([isKept]) => !isKept).map(([, what]) => `${name}: ${what} per request`);
}

/** What is written for it all in all, now and then. */
export function missedWrites({ name, total }: Usage): string[] {
  const written = total.rowsWritten + total.objectRowsWritten;
  if (written <= MAX_ROWS_WRITTEN) return [];
  return [`${name}: ${written.toFixed(3)} rows written, at most ${MAX_ROWS_WRITTEN} allowed per request`];
}

export const missedOperations = (usage: Usage, budget: ReadBudget): string[] => [
  ...missedReads(usage, budget),
  ...missedWrites(usage),
];

/** What a product page asks for, all else being kept: who its visitor is, and its product. */
const PRODUCT_PAGE = { objectCalls: 1, queries: 1, rowsRead: 2, rowsWritten: 0 };
/** What a checkout asks for: who its visitor is, what is ordered, and one batch with the order and all that it changes. */
const CHECKOUT = { objectCalls: 2, queries: 32, rowsRead: 65, rowsWritten: 24 };

/** What a visitor of a shop asks for at most, per request. */
export const missedShop = ({ page, checkout }: ShopCost): string[] =>
  (
    [
      [page, PRODUCT_PAGE],
      [checkout, CHECKOUT],
    ] as const
  ).flatMap(([{ name, request }, budget]) =>
    Object.entries(budget)
      .filter(([figure, most]) => request[figure as keyof typeof budget] > most)
      .map(([figure, most]) => `${name}: ${request[figure as keyof typeof budget]} ${figure}, ${most} are allowed`),
  );
