import { get, post } from './api.js';

/** What the page knows: customers, messages of open chats, clock, faults. One object, one listener each part. */
export const store = {
	numbers: [],
	phoneNumberId: null,
	callbackUrl: null,
	contacts: new Map(),
	/** waId → messages by id, in order, for open chats only. */
	messages: new Map(),
	/** waIds of the open panes, the active one apart. */
	open: [],
	active: null,
	offsetMs: 0,
	faults: null,
	webhooks: null,
	/** Of the number's account, newest first. */
	templates: [],
	account: null,
	/** Company phones and what they linked; null without WhatsApp Web. */
	web: null,
	settings: null,
};

const listeners = [];

/**
 * Calls `listener(topic, detail)` on every change: contacts, panes, messages, message, status, typing, clock, faults, web;
 * `event` is one of the stream as it came, of any number.
 */
export function listen(listener) {
	listeners.push(listener);
}

export function changed(topic, detail) {
	for (const listener of listeners) listener(topic, detail);
}

export function now() {
	return Date.now() + store.offsetMs;
}

export async function loadState() {
	const state = await get(`state${store.phoneNumberId ? `?phoneNumberId=${store.phoneNumberId}` : ''}`);
	if (!state) return;
	store.numbers = state.numbers;
	store.phoneNumberId = state.phoneNumberId;
	store.callbackUrl = state.callbackUrl;
	store.offsetMs = state.clock.offsetMs;
	store.faults = state.faults;
	store.webhooks = state.webhooks;
	store.templates = state.templates;
	store.account = state.account;
	store.web = state.web;
	store.settings = state.settings;
	store.contacts = new Map(state.contacts.map((contact) => [contact.waId, contact]));
	store.open = store.open.filter((waId) => store.contacts.has(waId));
	if (!store.open.includes(store.active)) store.active = store.open[0] ?? null;
	for (const contact of store.contacts.values()) if (contact.typing) showTyping(contact, 25_000);
	for (const topic of ['contacts', 'panes', 'clock', 'faults', 'web']) changed(topic);
	lookAgainWhileBusy();
}

let lookAgain = null;

/** A device that works off what waited for it tells nobody when it is done. */
function lookAgainWhileBusy() {
	clearTimeout(lookAgain);
	const busy = store.web?.companies.some(({ devices }) => devices.some(({ live, waiting }) => live && waiting > 0));
	if (busy) lookAgain = setTimeout(() => void loadState(), 1_000);
}

/** From now on the customers write to this number. */
export async function chooseNumber(phoneNumberId) {
	store.phoneNumberId = phoneNumberId;
	await loadState();
	store.open.forEach(loadMessages);
}

export async function loadMessages(waId) {
	store.messages.set(waId, new Map());
	const answer = await get(`contacts/${waId}/messages?phoneNumberId=${store.phoneNumberId}`);
	if (!answer) return;
	// What arrived by the stream while the answer was under way comes after it.
	const meanwhile = store.messages.get(waId) ?? new Map();
	const loaded = new Map(answer.messages.map((message) => [message.id, message]));
	for (const [id, message] of meanwhile) if (!loaded.has(id)) loaded.set(id, message);
	store.messages.set(waId, loaded);
	changed('messages', { waId });
	markOpened(waId);
}

/** Shows a chat; `beside` keeps the ones that are open. */
export function openChat(waId, beside = false) {
	if (!store.open.includes(waId)) {
		if (beside && store.open.length < 3) store.open.push(waId);
		else if (store.active === null || store.open.length === 0) store.open = [waId];
		else store.open[store.open.indexOf(store.active)] = waId;
		void loadMessages(waId);
	}
	store.active = waId;
	changed('panes');
	markOpened(waId);
}

export function closeChat(waId) {
	store.open = store.open.filter((open) => open !== waId);
	store.messages.delete(waId);
	if (store.active === waId) store.active = store.open.at(-1) ?? null;
	changed('panes');
}

export function say(waId, message) {
	return post(`contacts/${waId}/say`, { ...message, phoneNumberId: store.phoneNumberId });
}

/** Looking at a chat reads it, as on a phone: not while the window is hidden. */
export function markOpened(waId) {
	const contact = store.contacts.get(waId);
	if (!contact || contact.unread === 0 || document.visibilityState !== 'visible' || !store.open.includes(waId)) return;
	contact.unread = 0;
	changed('contacts');
	void post(`contacts/${waId}/open`, { phoneNumberId: store.phoneNumberId });
}

/** The number the customers write to; null while nothing is loaded. */
export function currentNumber() {
	return store.numbers.find((number) => number.phoneNumberId === store.phoneNumberId) ?? null;
}

/** Whose phone a linked number is: its company as WhatsApp Web knows it; null for numbers of the Cloud API. */
export function companyOf(phoneNumberId) {
	return store.web?.companies.find((company) => company.phoneNumberId === phoneNumberId) ?? null;
}

/** One event of the stream, applied. */
export function apply(event) {
	changed('event', event);
	if (event.phoneNumberId && event.phoneNumberId !== store.phoneNumberId) return;
	const contact = store.contacts.get(event.waId);
	switch (event.type) {
		case 'message':
			if (contact) applyMessage(contact, event);
			else void loadState();
			return;
		case 'status':
			return applyStatus(contact, event);
		case 'fetched':
			return applyFetched(event);
		case 'typing':
			if (contact) showTyping(contact, event.forMs);
			return;
		case 'opened':
			if (contact) contact.unread = 0;
			return changed('contacts');
		case 'clock':
			store.offsetMs = event.offsetMs;
			return changed('clock');
		case 'reset':
			store.messages.clear();
			return void loadState().then(() => store.open.forEach(loadMessages));
		default:
			return void loadState();
	}
}

const typingTimers = new Map();

function showTyping(contact, forMs) {
	clearTimeout(typingTimers.get(contact.waId));
	contact.typing = forMs > 0;
	if (forMs > 0)
		typingTimers.set(
			contact.waId,
			setTimeout(() => showTyping(contact, 0), forMs),
		);
	changed('typing', { waId: contact.waId });
}

function applyMessage(contact, { message, unread }) {
	contact.lastMessage = message;
	contact.lastAt = message.at;
	contact.unread = unread;
	if (message.from === 'contact') contact.windowEndsAt = Math.max(contact.windowEndsAt ?? 0, message.at + 86_400_000);
	else showTyping(contact, 0);
	store.messages.get(contact.waId)?.set(message.id, message);
	changed('message', { waId: contact.waId, message });
	changed('contacts');
	markOpened(contact.waId);
}

function applyStatus(contact, event) {
	const known = store.messages.get(event.waId)?.get(event.id);
	for (const message of [known, contact?.lastMessage]) takeStatus(message, event);
	changed('status', { waId: event.waId, message: known });
	if (contact?.lastMessage?.id === event.id) changed('contacts');
}

/** Notes on a message what the stream told about it. */
export function takeStatus(message, event) {
	if (message?.id !== event.id) return;
	message.statuses[event.status] = event.at;
	if (event.error) message.error = event.error;
}

/** The file behind a link has arrived: its bubble can show it. */
function applyFetched({ waId, id, mediaId }) {
	const message = store.messages.get(waId)?.get(id);
	if (!message) return;
	message.fetchedMediaId = mediaId;
	changed('messages', { waId });
}

/** The furthest a message got. */
export function statusOf(message) {
	for (const status of ['failed', 'read', 'delivered', 'sent']) if (message.statuses[status]) return status;
	// What a customer writes is delivered as soon as the phone let it go.
	return message.from === 'contact' ? 'delivered' : 'pending';
}
