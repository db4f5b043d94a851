import { notFound } from "../core/errors.ts";
import type { Tool } from "./tool.ts";
import { assistContentTool } from "./tools/assist-content.ts";
import { cancelJobTool } from "./tools/cancel-job.ts";
import { createReservationTool } from "./tools/create-reservation.ts";
import { getAvailableTablesTool } from "./tools/get-available-tables.ts";
import { createPageTool } from "./tools/create-page.ts";
import { deletePageTool } from "./tools/delete-page.ts";
import { generatePageTool } from "./tools/generate-page.ts";
import { getJobTool } from "./tools/get-job.ts";
import { getPageTool } from "./tools/get-page.ts";
import { getSiteTool } from "./tools/get-site.ts";
import { getUsageTool } from "./tools/get-usage.ts";
import { listPageVersionsTool } from "./tools/list-page-versions.ts";
import { listBlockTypesTool } from "./tools/list-block-types.ts";
import { listCustomBlocksTool } from "./tools/list-custom-blocks.ts";
import { importMediaTool } from "./tools/import-media.ts";
import { listPagesTool } from "./tools/list-pages.ts";
import { listSitesTool } from "./tools/list-sites.ts";
import { previewPageTool } from "./tools/preview-page.ts";
import { publishSiteTool } from "./tools/publish-site.ts";
import { restorePageVersionTool } from "./tools/restore-page-version.ts";
import { rollbackSiteTool } from "./tools/rollback-site.ts";
import { translatePageTool } from "./tools/translate-page.ts";
import { searchMediaTool } from "./tools/search-media.ts";
import { updatePageTool } from "./tools/update-page.ts";
import { listProductsTool } from "./tools/list-products.ts";
import { getProductTool } from "./tools/get-product.ts";
import { createCampaignTool } from "./tools/create-campaign.ts";
import { createProductTool } from "./tools/create-product.ts";
import { updateProductTool } from "./tools/update-product.ts";
import { adjustProductStockTool } from "./tools/adjust-product-stock.ts";
import { listCampaignsTool } from "./tools/list-campaigns.ts";
import { listCategoriesTool } from "./tools/list-categories.ts";
import { createCategoryTool } from "./tools/create-category.ts";
import { updateCategoryTool } from "./tools/update-category.ts";
import { listOrdersTool } from "./tools/list-orders.ts";
import { getOrderTool } from "./tools/get-order.ts";
import { updateOrderTool } from "./tools/update-order.ts";
import { listCouponsTool } from "./tools/list-coupons.ts";
import { createCouponTool } from "./tools/create-coupon.ts";
import { listReviewsTool } from "./tools/list-reviews.ts";
import { moderateReviewTool } from "./tools/moderate-review.ts";
import { listFormsTool } from "./tools/list-forms.ts";
import { listFormSubmissionsTool } from "./tools/list-form-submissions.ts";
import { listMembersTool } from "./tools/list-members.ts";
import { getMemberStatusTool } from "./tools/get-member-status.ts";
import { earnPointsTool } from "./tools/earn-points.ts";
import { listRewardsTool } from "./tools/list-rewards.ts";
import { redeemRewardTool } from "./tools/redeem-reward.ts";
import { getAnalyticsTool } from "./tools/get-analytics.ts";
import { getAvailableSlotsTool } from "./tools/get-available-slots.ts";
import { createBookingTool } from "./tools/create-booking.ts";
import { listBookingsTool } from "./tools/list-bookings.ts";
import { listBookingServicesTool } from "./tools/list-booking-services.ts";
import { refundOrderTool } from "./tools/refund-order.ts";

/** Tools under one name. */
export interface McpServer {
  id: string;
  name: string;
  description: string;
  tools: readonly Tool[];
}

/** Every server there is; a new tool is a line here. */
export const MCP_SERVERS: readonly McpServer[] = [
  {
    id: "optimocms",
    name: "OptimoCMS",
    description: "Read, write and publish the websites of a workspace",
    tools: [
      listSitesTool,
      getSiteTool,
      listPagesTool,
      getPageTool,
      createPageTool,
      updatePageTool,
      deletePageTool,
      listPageVersionsTool,
      restorePageVersionTool,
      previewPageTool,
      generatePageTool,
      translatePageTool,
      assistContentTool,
      getJobTool,
      cancelJobTool,
      searchMediaTool,
      importMediaTool,
      publishSiteTool,
      rollbackSiteTool,
      getUsageTool,
      listBlockTypesTool,
      listCustomBlocksTool,
      listProductsTool,
      getProductTool,
      createProductTool,
      updateProductTool,
      adjustProductStockTool,
      listCategoriesTool,
      createCategoryTool,
      updateCategoryTool,
      listOrdersTool,
      getOrderTool,
      updateOrderTool,
      refundOrderTool,
      listCouponsTool,
      createCouponTool,
      listReviewsTool,
      moderateReviewTool,
      listFormsTool,
      listFormSubmissionsTool,
      listMembersTool,
      getMemberStatusTool,
      earnPointsTool,
      listRewardsTool,
      redeemRewardTool,
      getAnalyticsTool,
      listCampaignsTool,
      createCampaignTool,
      listBookingServicesTool,
      getAvailableSlotsTool,
      listBookingsTool,
      createBookingTool,
      getAvailableTablesTool,
      createReservationTool,
    ],
  },
];

export function findServer(id: string): McpServer {
  const server = MCP_SERVERS.find((it) => it.id === id);
  if (!server) throw notFound("MCP server");
  return server;
}

export function findTool(server: McpServer, name: string): Tool {
  const tool = server.tools.find((it) => it.name === name);
  if (!tool) throw notFound("MCP tool");
  return tool;
}
