import type { VirtualClock } from '../clock';
import type { BusinessNumber, Contact } from '../model';
import type { Simulation } from '../simulation';
import { settleTemplates } from '../templates/decide';
import { type MessageView, viewOf } from '../view';
import type { Chat } from '../world';

/** What does a page need to draw itself? Numbers without their secrets, the liveliest chats, clock and faults. */
export interface ContactView {
	waId: string;
	name: string;
	hidePhone: boolean;
	onWhatsApp: boolean;
	readReceipts: boolean;
	marketingStopped: boolean;
	online: boolean;
	lastAt: number;
	unread: number;
	typing: boolean;
	windowEndsAt: number | null;
	lastMessage: MessageView | null;
}

/** A load test makes thousands of contacts; a page is for people. */
const SHOWN_CONTACTS = 200;
const SHOWN_TEMPLATES = 100;
const DAY = 86_400_000;

export function stateOf(simulation: Simulation, phoneNumberId: string | null) {
	const { world, settings, webhooks } = simulation;
	const number = (phoneNumberId && world.numbers.get(phoneNumberId)) || [...world.numbers.values()][0];
	const chats = [...world.chats.values()].filter((chat) => chat.number === number && chat.messages.length > 0);
	chats.sort((left, right) => right.lastAt - left.lastAt);
	const shown = new Map(chats.slice(0, SHOWN_CONTACTS).map((chat) => [chat.contact.waId, chat]));
	const quiet = [...world.contacts.values()].filter((contact) => !shown.has(contact.waId)).slice(0, SHOWN_CONTACTS);
	return {
		numbers: [...world.numbers.values()].map(({ phoneNumberId: id, displayPhone, verifiedName, linked }) => ({
			phoneNumberId: id,
			displayPhone,
			verifiedName,
			linked: linked ?? false,
		})),
		phoneNumberId: number?.phoneNumberId ?? null,
		callbackUrl: number ? webhooks.callbackOf(number) : null,
		contacts: [
			...[...shown.values()].map((chat) => chatView(chat, simulation.clock)),
			...quiet.map((contact) => ({ ...person(contact), ...QUIET })),
		] as ContactView[],
		clock: clockOf(simulation.clock),
		templates: number && !number.linked ? templatesOf(simulation, number.wabaId) : [],
		account: number && !number.linked ? accountOf(simulation, number) : null,
		/** Company phones, what they linked, who waits for a scan; null without WhatsApp Web. */
		web: simulation.whatsAppWeb?.view() ?? null,
		settings,
		faults: faultsOf(simulation),
		webhooks: { ...webhooks.state(), lastFailure: webhooks.lastFailure },
	};
}

export type State = ReturnType<typeof stateOf>;

function templatesOf(simulation: Simulation, wabaId: string) {
	settleTemplates(simulation);
	return simulation.templates.list(wabaId).slice(0, SHOWN_TEMPLATES);
}

export function clockOf(clock: VirtualClock): { now: number; offsetMs: number } {
	return { now: clock.now(), offsetMs: clock.offsetMs };
}

export function faultsOf(simulation: Simulation) {
	return { sends: simulation.faults.sends, webhooks: simulation.faults.webhooks, media: simulation.faults.media };
}

const QUIET = { lastAt: 0, unread: 0, typing: false, windowEndsAt: null, lastMessage: null };

function person({ waId, name, hidePhone, onWhatsApp, readReceipts, marketingStopped, online }: Contact) {
	return { waId, name, hidePhone, onWhatsApp, readReceipts, marketingStopped, online };
}

/** What a page shows of Meta's opinion about the number; the token itself stays out. */
function accountOf(simulation: Simulation, number: BusinessNumber) {
	const now = simulation.clock.now();
	return {
		wabaId: number.wabaId,
		...simulation.health.of(number.phoneNumberId),
		restriction: simulation.health.restriction(number.wabaId, now),
		tokenExpired: simulation.tokens.expired(number.token, now),
		held: simulation.held.length,
	};
}

function chatView(chat: Chat, clock: VirtualClock): ContactView {
	const last = chat.messages.at(-1);
	return {
		...person(chat.contact),
		lastAt: chat.lastAt,
		unread: chat.unread,
		typing: chat.typingUntil > clock.now(),
		windowEndsAt: chat.lastInboundAt === null ? null : chat.lastInboundAt + DAY,
		lastMessage: last ? viewOf(last) : null,
	};
}
