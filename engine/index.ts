/**
 * The only door into the engine. Nodes open a desk once per process and call these functions; nothing else is imported from outside.
 *
 *   the desk        openDesk, storeSettings
 *   receiving       Desk.receiveCloudApi, verifySignature, verifySubscription, Desk.listen, Desk.listenToEvents, Desk.webhooks
 *   pages           Desk.pages
 *   linked devices  Desk.linkedDevices (hold, activate, deactivate, requestPairingCode, get, list), Desk.useLinkedDevice
 *   ERPs            Desk.receiveErp, Desk.listenToErp, ERP_PRESETS, testErpItems
 *   sending         sendMessages, storeAttachment
 *   triage          compileTriageConfig, routeItems
 *   messages        listMessages, readMessage, cancelOutbound, resendOutbound, readStory, readInboundMedia
 *   conversations   operateConversation, getConversation, listConversations
 *   contacts        getContact, lookUpContact, listContacts, saveContacts, checkNumber, changeConsent, optInLink
 *   tickets         upsertTickets, operateTicket, ticketFromConversation, getTicket, listTickets
 *   queues          listQueues, setQueueBlocked
 *   receivables     changeReceivables, getReceivable, listReceivables, checkReceivable, receivablesOfContact, readDunningPlan
 *   reminders       planDunning, planAll, dunningPolicy, readReceivable, messageValues
 *   reports         usageReport, deliveryReport, receivableReport, teamCapacity
 *   numbers         getChannelLimits, setChannelLimits, diagnoseChannel
 *   quick replies   createQuickReply, listQuickReplies, getQuickReply, updateQuickReply, deleteQuickReply
 *   templates       listTemplates, findTemplate, fillTemplate, templateFields, checkDraft, createTemplate, editTemplate, deleteTemplate
 *   documents       renderDocument, findDocumentTemplate, setDocumentTemplate, deleteDocumentTemplate
 *   business hours  evaluateBusinessHours, describeNextOpening, addBusinessDays, holidayCalendar, bankCalendar
 */
import { changeConsent as writeConsent, type ConsentResult, type ConsentWish } from './contact/change-consent';
import { checkNumber as check, type NumberCheck } from './contact/check-number';
import * as contacts from './contact/contact-views';
import { saveContacts as save, type ContactEntry, type SavedContact } from './contact/save-contacts';
import { describeEntries, latestEntries, type DeskEvent } from './conversation/desk-events';
import {
	getConversation as get,
	listWhere,
	operate,
	type ConversationFilter,
	type ConversationView,
	type OperateOptions,
	type OperationResult,
} from './conversation/operations';
import { routeMessages, type RouteOptions, type RouteRequest, type RouteResult } from './conversation/route';
import type { ConversationEvent } from './conversation/types';
import { Desk, type DeskOptions } from './desk';
import type { QueueRow } from './model';
import { listMessages as listOutbound, type MessageFilter, type MessageView } from './outbox/message-views';
import { readStarts } from './outbox/read-starts';
import { changeLimits } from './settings/change-limits';
import { limitsOf, type LimitChange, type Limits } from './settings/limits';
import type { TimelineEntry } from './timeline/timeline';
import { listQueues as list, setQueueBlocked as block } from './queue/queues';
import * as quickReplies from './quick-reply/quick-replies';
import { teamCapacity as capacity, type CapacityReport, type CapacityRequest } from './reports';
import { deliveryReport as deliveries, type DeliveryQuery, type DeliveryReport } from './usage/delivery-report';
import {
	receivableReport as receivables,
	type ReceivableReport,
	type ReceivableReportQuery,
} from './usage/receivables/report';
import { usageReport as usage, type UsageFigure, type UsageQuery } from './usage/usage-report';

export type { ConsoleRequest, ConsoleResponse } from './console/http';
export { SHORTEST_PASSWORD } from './console/password';
export { Desk };
export const openDesk = (options: DeskOptions): Promise<Desk> => Desk.open(options);

/** Decides what happens to the items of a Queue Router and does it; see routeMessages. */
export async function routeItems(
	desk: Desk,
	requests: readonly RouteRequest[],
	options: RouteOptions,
): Promise<RouteResult[]> {
	const results = await routeMessages(desk.store, requests, options, desk.clock.now());
	desk.nudge();
	return results;
}

export { readInboundMedia, sendMessages, storeAttachment, type SendOutcome } from './sending-desk';

/** One desk operation on a conversation, given by id or protocol number. Throws NotFound or RuleBroken. */
export async function operateConversation(
	desk: Desk,
	idOrProtocol: string,
	event: ConversationEvent,
	options: OperateOptions = {},
): Promise<OperationResult> {
	const conversation = await get(desk.store, idOrProtocol);
	const result = await operate(desk.store, conversation.id, event, options, desk.clock.now());
	desk.nudge();
	return result;
}

/** Messages that were to be sent, newest first. */
export const listMessages = (desk: Desk, filter: MessageFilter): Promise<MessageView[]> =>
	listOutbound(desk.store, filter);

export const getConversation = (desk: Desk, idOrProtocol: string): Promise<ConversationView> =>
	get(desk.store, idOrProtocol);
export const listConversations = (desk: Desk, filter: ConversationFilter): Promise<ConversationView[]> =>
	listWhere(desk.store, filter);
/** A contact by id, phone, ERP id (erp:omie:123) or CPF/CNPJ. Throws NotFound. */
export const getContact = (desk: Desk, idOrPhone: string): Promise<contacts.ContactView> =>
	contacts.getContact(desk.store, idOrPhone);
/** The same; null when there is none. */
export const lookUpContact = (desk: Desk, idOrPhone: string): Promise<contacts.ContactView | null> =>
	contacts.lookUpContact(desk.store, idOrPhone);
export const listContacts = (desk: Desk, filter: contacts.ContactFilter): Promise<contacts.ContactView[]> =>
	contacts.listContacts(desk.store, filter);
/** Saves people by phone, ERP ids and documents, in one transaction; no usable phone is a result (V-11). */
export const saveContacts = (desk: Desk, entries: readonly ContactEntry[]): Promise<SavedContact[]> =>
	save(desk.store, entries, desk.clock.now());
/** What earlier messages prove about a number being on WhatsApp (V-10). */
export const checkNumber = (desk: Desk, idOrPhone: string): Promise<NumberCheck> => check(desk.store, idOrPhone);

/** Writes an opt-in or opt-out down; a phone nobody knew becomes a contact. Throws NotFound for an unknown id. */
export async function changeConsent(desk: Desk, idOrPhone: string, wish: ConsentWish): Promise<ConsentResult> {
	const result = await writeConsent(desk.store, idOrPhone, wish, desk.clock.now());
	desk.nudgeEvents();
	return result;
}

export { getTicket, listTickets, operateTicket, ticketFromConversation, upsertTickets } from './ticket-desk';
export type { ConversationTicket } from './ticket/from-conversation';
export type { TicketOperation } from './ticket/operate-ticket';
export type { TicketRef } from './ticket/ticket-rows';
export type { TicketEntry, TicketResult } from './ticket/upsert-tickets';
export type { TicketFilter, TicketView } from './ticket/ticket-views';
export { readPriority, TICKET_PRIORITIES, type TicketPriority, type TicketState } from './ticket/types';

export const listQueues = (desk: Desk): Promise<QueueRow[]> => list(desk.store);

/** The latest timeline entries of these kinds, newest first. */
export const recentEvents = (desk: Desk, events: readonly string[], limit: number): Promise<TimelineEntry[]> =>
	latestEntries(desk.store, events, limit);
/** Timeline entries as a workflow gets them, with their conversations. */
export const describeEvents = (desk: Desk, entries: readonly TimelineEntry[]): Promise<DeskEvent[]> =>
	describeEntries(desk.store, entries);

/** Closes or opens a queue's padlock. Throws NotFound. */
export async function setQueueBlocked(
	desk: Desk,
	name: string,
	blocked: boolean,
	reason: string | null,
): Promise<QueueRow> {
	const queue = await block(desk.store, name, blocked, reason, desk.clock.now());
	desk.nudgeEvents();
	return queue;
}

/** Ready messages (mensagens prontas), see engine/quick-reply: an id or a name says which one. */
export const createQuickReply = (desk: Desk, given: { name: string; content: string }) =>
	quickReplies.createQuickReply(desk.store, given, desk.clock.now());
export const listQuickReplies = (desk: Desk) => quickReplies.listQuickReplies(desk.store);
export const getQuickReply = (desk: Desk, idOrName: string) => quickReplies.getQuickReply(desk.store, idOrName);
export const updateQuickReply = (desk: Desk, idOrName: string, patch: { name?: string; content?: string }) =>
	quickReplies.updateQuickReply(desk.store, idOrName, patch, desk.clock.now());
export const deleteQuickReply = (desk: Desk, idOrName: string) => quickReplies.deleteQuickReply(desk.store, idOrName);
export type { QuickReply } from './quick-reply/quick-replies';

export { deleteDocumentTemplate, findDocumentTemplate, renderDocument, setDocumentTemplate } from './document-desk';
export { DOCUMENT_KINDS, type DocumentContent, type DocumentKind } from './document/content';
export { WILDCARDS as DOCUMENT_WILDCARDS } from './document/wildcards';

export {
	createTemplate,
	deleteTemplate,
	editTemplate,
	findLocalTemplate,
	findTemplate,
	listLocalTemplates,
	listTemplates,
	uploadTemplateExample,
	type MaxAge,
} from './template-desk';

/** What a number may do, as its form has it. */
export interface ChannelLimits {
	channelId: string;
	limits: Limits;
	/** Conversations started today, and the cap in force with warm-up; null = none. */
	today: { starts: number; cap: number | null };
}

export async function getChannelLimits(desk: Desk, channelId: string): Promise<ChannelLimits> {
	const { settings, count, cap } = await desk.store.read((db) => readStarts(db, channelId, desk.clock.now()));
	return { channelId, limits: limitsOf(settings), today: { starts: count, cap } };
}

/** Changes what is given and tells it on the timeline. Throws ConfigurationError that names the field. */
export async function setChannelLimits(
	desk: Desk,
	channelId: string,
	given: Partial<Limits>,
	by: { workflowId: string | null },
): Promise<ChannelLimits & { changes: LimitChange[] }> {
	const { changes } = await changeLimits(desk.store, channelId, given, by, desk.clock.now());
	desk.nudge();
	return { ...(await getChannelLimits(desk, channelId)), changes };
}

/** What the numbers did and cost, by period, number and kind (M-26, M-27, X-15). */
export const usageReport = (desk: Desk, query: UsageQuery): Promise<UsageFigure[]> => usage(desk.store, query);
/** What the payment reminders of a period brought, step by step, and what is still owed. */
export const receivableReport = (desk: Desk, query: ReceivableReportQuery): Promise<ReceivableReport> =>
	receivables(desk.store, query, desk.clock.now());
/** What became of each campaign, and why not of some of its messages. */
export const deliveryReport = (desk: Desk, query: DeliveryQuery): Promise<DeliveryReport[]> =>
	deliveries(desk.store, query);
/** How many conversations today's team can still start (C-13). */
export const teamCapacity = (desk: Desk, request: CapacityRequest): Promise<CapacityReport> =>
	capacity(desk.store, request, desk.clock.now());
export type { CapacityReport, CapacityRequest, DeliveryQuery, DeliveryReport, UsageFigure, UsageQuery };
export type { ReceivableReport, ReceivableReportQuery };
export type { OpenAmount } from './usage/receivables/ageing';
export type { LimitChange, Limits } from './settings/limits';
export { optInLink, optInText } from './contact/opt-in-link';
export type { ConsentResult, ConsentWish } from './contact/change-consent';
export type { NumberCheck } from './contact/check-number';
export type { ContactFilter, ContactView } from './contact/contact-views';
export type { ContactEntry, SavedContact } from './contact/save-contacts';
export { storeSettings, type StoreSettings } from './store/settings';
export { addTestListener, removeTestListener, takenTestMessage } from './inbound/test-listeners';
export { verifySignature, verifySubscription } from './channel/cloud-api/signature';
export { cloudApiChannelId } from './channel/cloud-api/channel';
export { checkCloudApi } from './channel/cloud-api/check';
export type { CloudApiCredentials } from './channel/cloud-api/credentials';
export { linkedDeviceProblems, tidyLinkedDevice, type CredentialProblem } from './channel/linked-device/credentials';
export { linkedDeviceChannelId, type LinkedDeviceCredentials, type LinkedDeviceView } from './model-linked-device';
export type { SessionProblem, SessionState } from './model-linked-device';
export type { SubscriptionMode, SubscriptionWish } from './channel/cloud-api/webhook/plan';
export type { Subscribed } from './channel/cloud-api/webhook/subscribe';
export type { Channel, ChannelHealth, Finding } from './channel/port';
export { diagnoseChannel, diagnoseLinkedDevice, type Diagnosis } from './diagnose-channel';
export { linkedDeviceStatus, waitForSession, type LinkedDeviceStatus } from './linked-device-status';
export { checkPresence, type PresenceCheck } from './number-questions';
export { compileTriageConfig, type CompiledTriage, type TriageConfigInput } from './conversation/config';
export { DEFAULT_TEXTS } from './conversation/texts';
export type { AwayInfo, ConversationEvent, RouterOutput } from './conversation/types';
export type { ConversationView, ConversationFilter, OperateOptions, OperationResult } from './conversation/operations';
export type { RouteOptions, RouteRequest, RouteResult } from './conversation/route';
export type { SendRequest, Recipient, Unsendable } from './conversation/send';
export type { QuickReplyUse } from './conversation/fill-quick-replies';
export type { EmitLoopOptions } from './inbound/emit-loop';
export type { RunOutcome } from './inbound/runs';
export { cancelOutbound, readMessage, readStory, resendOutbound } from './message-desk';
export type { CancelResult, MessageStory, ResendResult, StoryOf } from './message-desk';
export type { StoryLine } from './outbox/message-history';
export type { MessageFilter, MessageView } from './outbox/message-views';
export type { InboundFile } from './media/read-inbound-media';
export { buildItems, type MessageItem, type StoredInbound } from './inbound/message-item';
export type { EventLoopOptions } from './timeline/event-loop';
export { timelineOf, type TimelineEntry } from './timeline/timeline';
export { PRESETS as ERP_PRESETS } from './erp/presets';
export { ERP_SYSTEMS } from './erp/event';
export { GENERIC_FIELDS as ERP_GENERIC_FIELDS } from './erp/presets/generic';
export { ERP_KINDS, type ErpKind, type ErpReadOptions, type ErpSecrets, type ErpSystem } from './erp/types';
export { erpRunFailed, testErpItems } from './erp-desk';
export type { ErpItem } from './erp-inbox/erp-item';
export type { ErpAnswer, ErpCall } from './erp-inbox/receive-erp';
export { fillTemplate, type TemplateValues } from './template/fill';
export type { FillResult } from './template/fill-result';
export { templateFields, type TemplateField } from './template/fields';
export { templateOfText } from './template/local';
export { checkDraft, type DraftProblem } from './template/draft-rules';
export { draftTextsOf, makeDraft, type DraftButton, type DraftHeader, type DraftTexts } from './template/make-draft';
export type { FoundTemplate, TemplateList } from './template/catalog';
export type { TemplateDeletion, TemplateRefusal, TemplateResult } from './template/manage';
export { ConfigurationError, DeskError, NotFound, RuleBroken, StoreUnavailable } from './errors';
export { evaluate as evaluateBusinessHours, type BusinessHoursStatus } from './business-hours/evaluate';
export { describeNextOpening } from './business-hours/describe';
export { PRESETS as SCHEDULE_PRESETS } from './business-hours/presets';
export { DEFAULT_ZONE, type Schedule, type Weekday, type WeeklyHours } from './business-hours/schedule';
export { holidayCalendar, type HolidayCalendar, type HolidayRules } from './business-hours/holidays';
export type { OwnDate } from './business-hours/own-dates';
export { addBusinessDays } from './business-hours/business-days';
export { bankCalendar } from './business-hours/bank-days';
export { planAll, planDunning, sortByPayer, type DecisionStream } from './plan-dunning';
export { compilePolicy, DEFAULT_LADDER, DEFAULT_POLICY, dunningPolicy } from './dunning/policy';
export { DEFAULT_CONTACT_HOURS, STATE_LAW_HOURS } from './dunning/contact-hours';
export { readReceivable, type ReceivableReading } from './dunning/read-receivable';
export { creditorValues, fillText, messageValues, type MessageValues } from './dunning/message-values';
export type {
	Charges,
	ContactHoursTable,
	Creditor,
	Decision,
	DunningPlan,
	DunningPolicy,
	LadderStep,
	Payer,
	PlannedInvoice,
	Receivable,
} from './dunning/types';
export { normalizePhone, type PhoneResult } from './phone';
export { readTaxId, type TaxIdKind, type TaxIdReading } from './brazil/tax-id';
export { formatReais, readReais } from './brazil/money';
export { lateCharges, USUAL_CHARGES, type LateCharges, type LateChargesInput } from './brazil/late-charges';
export { punctualityDiscount, settle, type Discount, type Settlement } from './brazil/discount';
export { splitInInstalments, type Instalment, type InstalmentPlan } from './brazil/instalments';
export { readBoleto, type Boleto, type BoletoContext, type BoletoReading } from './brazil/boleto';
export { findBoletos, type FoundBoletos } from './brazil/find-boletos';
export { makePixCode, type MadePix, type PixDraft } from './brazil/make-pix-code';
export { readPixCode, type PixCode, type PixReading } from './brazil/pix-code';
export type { PixKeyKind } from './brazil/pix-key';
export { qrPng } from './brazil/qr-png';
export {
	changeReceivables,
	checkReceivable,
	getReceivable,
	listReceivables,
	receivablesOfContact,
} from './receivable-desk';
export type { ReceivableChange, ReceivableResult, Snapshot as ReceivableSnapshot } from './receivable/change';
export type { Change as ReceivableNews } from './receivable/transition';
export type { ReceivableCheck, ReceivableFilter } from './receivable/views';
export type { ReceivableKey, ReceivableRecord } from './model-receivable';
export { readDunningPlan } from './receivable/read-plan';
export { invoiceTopic, readInvoiceId, ticketTopic, type Topic } from './model-topic';
