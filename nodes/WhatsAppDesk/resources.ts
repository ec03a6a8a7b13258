/** What the node offers, in screen order. */
import { channelResource } from './channel/channel.resource';
import { contactResource } from './contact/contact.resource';
import { conversationResource } from './conversation/conversation.resource';
import { documentResource } from './document/document.resource';
import { messageResource } from './message/message.resource';
import { queueResource } from './queue/queue.resource';
import { quickReplyResource } from './quick-reply/quick-reply.resource';
import { receivableResource } from './receivable/receivable.resource';
import { reportResource } from './report/report.resource';
import { templateResource } from './template/template.resource';
import { ticketResource } from './ticket/ticket.resource';

export const resources = [
	conversationResource,
	contactResource,
	messageResource,
	ticketResource,
	receivableResource,
	queueResource,
	quickReplyResource,
	templateResource,
	documentResource,
	channelResource,
	reportResource,
];
