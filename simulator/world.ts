import type { BusinessNumber, ChatMessage, Contact } from './model';
import { ninthDigitForms, withoutNinthDigit } from './phones';

/**
 * Who exists and what was said? Everything in memory, every look-up by key: no message costs more
 * because there are many of them.
 */
export interface Chat {
	number: BusinessNumber;
	contact: Contact;
	messages: ChatMessage[];
	nextSeq: number;
	/** Virtual time of the contact's last message: opens the 24 h window. */
	lastInboundAt: number | null;
	/** Virtual time of the newest arrival from an ad or page button; null when there was none. */
	referralAt: number | null;
	/** Until when everything is free: 72 h from the first answer to such an arrival (cloud-api.md §3). */
	freeUntil: number;
	/** Virtual times of marketing templates of the last 24 h. */
	marketingAt: number[];
	/** Virtual time until which the business "is typing". */
	typingUntil: number;
	/** Messages of the business the contact has not opened yet. */
	unread: number;
	/** Virtual time of the last thing that happened, for sorting. */
	lastAt: number;
	waiters: Array<() => void>;
}

export interface NewContact {
	waId: string;
	name?: string;
	bsuid?: string;
	username?: string;
	hidePhone?: boolean;
	onWhatsApp?: boolean;
	readReceipts?: boolean;
	marketingStopped?: boolean;
	online?: boolean;
	/** Meta drops the ninth digit of this contact's wa_id, whatever is dialled. */
	rewriteNinthDigit?: boolean;
}

export class World {
	readonly numbers = new Map<string, BusinessNumber>();
	readonly contacts = new Map<string, Contact>();
	readonly #byDialled = new Map<string, Contact>();
	readonly #byBsuid = new Map<string, Contact>();
	readonly chats = new Map<string, Chat>();
	readonly #byMessageId = new Map<string, { chat: Chat; message: ChatMessage }>();
	readonly #run = Math.random().toString(36).slice(2, 8).toUpperCase();
	#messageCount = 0;

	constructor(public historyLimit: number) {}

	addContact(input: NewContact): Contact {
		const waId = input.rewriteNinthDigit ? withoutNinthDigit(input.waId) : input.waId;
		const known = this.contacts.get(waId);
		const contact: Contact = {
			waId,
			name: input.name ?? known?.name ?? `+${waId}`,
			bsuid: input.bsuid ?? known?.bsuid ?? `BR.${waId.padStart(16, '1')}`,
			username: input.username ?? known?.username ?? null,
			hidePhone: input.hidePhone ?? known?.hidePhone ?? false,
			onWhatsApp: input.onWhatsApp ?? known?.onWhatsApp ?? true,
			readReceipts: input.readReceipts ?? known?.readReceipts ?? true,
			marketingStopped: input.marketingStopped ?? known?.marketingStopped ?? false,
			online: input.online ?? known?.online ?? true,
		};
		// A contact that is added again keeps its identity, so that its chats go on.
		const kept = known ? Object.assign(known, contact) : contact;
		this.contacts.set(waId, kept);
		this.#byBsuid.set(kept.bsuid, kept);
		for (const form of ninthDigitForms(waId)) {
			if (form === waId || !this.#byDialled.has(form)) this.#byDialled.set(form, kept);
		}
		return kept;
	}

	/** By wa_id or by what one dials: both ninth-digit forms reach the same person. */
	contactByPhone(digits: string): Contact | undefined {
		return this.contacts.get(digits) ?? this.#byDialled.get(digits);
	}

	contactByBsuid(bsuid: string): Contact | undefined {
		return this.#byBsuid.get(bsuid);
	}

	chat(number: BusinessNumber, contact: Contact): Chat {
		const key = `${number.phoneNumberId}:${contact.waId}`;
		let chat = this.chats.get(key);
		if (!chat) {
			chat = {
				number,
				contact,
				messages: [],
				nextSeq: 1,
				lastInboundAt: null,
				referralAt: null,
				freeUntil: 0,
				marketingAt: [],
				typingUntil: 0,
				unread: 0,
				lastAt: 0,
				waiters: [],
			};
			this.chats.set(key, chat);
		}
		return chat;
	}

	newMessageId(): string {
		const plain = `${this.#run}:${(this.#messageCount++).toString(36)}`;
		return `wamid.HBgN${Buffer.from(plain).toString('base64url')}`;
	}

	append(chat: Chat, message: Omit<ChatMessage, 'seq'>): ChatMessage {
		const stored: ChatMessage = { seq: chat.nextSeq++, ...message };
		chat.messages.push(stored);
		chat.lastAt = stored.at;
		this.#byMessageId.set(stored.id, { chat, message: stored });
		if (this.historyLimit > 0 && chat.messages.length > this.historyLimit * 2) this.#forgetOldest(chat);
		const waiters = chat.waiters;
		if (waiters.length > 0) {
			chat.waiters = [];
			for (const wake of waiters) wake();
		}
		return stored;
	}

	message(id: string): { chat: Chat; message: ChatMessage } | undefined {
		return this.#byMessageId.get(id);
	}

	/** Forgets people and conversations; numbers stay. */
	clear(): void {
		for (const chat of this.chats.values()) for (const wake of chat.waiters) wake();
		this.contacts.clear();
		this.#byDialled.clear();
		this.#byBsuid.clear();
		this.chats.clear();
		this.#byMessageId.clear();
	}

	// Half of the history goes at a time, so the cost per message stays constant.
	#forgetOldest(chat: Chat): void {
		for (const old of chat.messages.splice(0, chat.messages.length - this.historyLimit)) {
			this.#byMessageId.delete(old.id);
		}
	}
}
