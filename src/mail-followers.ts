import { MESSAGE_FOLLOWER } from "./content/mail/messages/follower.ts";
import { SUBSCRIBER_FOLLOWER } from "./content/push/subscribers/follower.ts";
import { registerMailFollowers } from "./mail/followers.ts";

/** What happens along with the end of a mail, and with what is heard of addresses, one after the other. */
registerMailFollowers(MESSAGE_FOLLOWER, SUBSCRIBER_FOLLOWER);
