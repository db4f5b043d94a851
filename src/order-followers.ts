import { LOYALTY_FOLLOWER } from "./content/loyalty/orders/follower.ts";
import { ORDER_MAILS } from "./content/shop/order-mails/follower.ts";
import { registerOrderFollowers } from "./content/shop/orders/followers.ts";

/** What happens along with the steps of an order, one after the other. */
registerOrderFollowers(LOYALTY_FOLLOWER, ORDER_MAILS);
