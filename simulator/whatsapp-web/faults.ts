/** What goes wrong between a linked device and WhatsApp. Sends and messages consume theirs in order. */
export type WebSendFault = {
	count?: number;
	/** Only messages to this customer (digits of the phone). */
	to?: string;
	/** Only messages of this company (digits of the phone). */
	company?: string;
} & (
	| /** The line breaks before anything arrives. */ { kind: 'cutBefore' }
	  /** It arrives, and the line breaks before the acknowledgement. */
	| { kind: 'cutAfter' }
	/** Acknowledged by nobody, delivered to nobody. */
	| { kind: 'swallow' }
	/** It arrives; the acknowledgement never does. */
	| { kind: 'noAck' }
	/** Acknowledged with an error, e.g. 479, or 463 although the number is not locked. */
	| { kind: 'error'; code: number }
	/** The customer's phone cannot open it and asks again. */
	| { kind: 'undecryptable' }
);

export interface WebLineFaults {
	/** Answer to websocket upgrades instead of 101; null lets them in. */
	refuseUpgrade: number | null;
	/** Reason of `failure` for every login; null lets them in. */
	refuseLogin: number | null;
	/** Clients of an older version than this, e.g. "2.3000.1043857761", are refused with 405, linked or not; null takes all. */
	oldestVersion: string | null;
	/** Until then the number may start no conversations: messages to people who never wrote are turned down with 463; null lets it. */
	lockedUntil: number | null;
	/** Queries of these namespaces are never answered, e.g. 'usync', 'encrypt'. */
	unanswered: string[];
	/** The phone sends no history after the first login. */
	noHistory: boolean;
	/** Status for the next uploads and downloads of media; null serves them. */
	mediaUpload: number | null;
	mediaDownload: number | null;
	/** Each message to a linked device so many times more, under the same id. */
	duplicates: number;
	/** Attempts of every message to a linked device that arrive damaged before one can be opened. */
	damaged: number;
}

const NONE: WebLineFaults = {
	refuseUpgrade: null,
	refuseLogin: null,
	oldestVersion: null,
	lockedUntil: null,
	unanswered: [],
	noHistory: false,
	mediaUpload: null,
	mediaDownload: null,
	duplicates: 0,
	damaged: 0,
};

export class WebFaults {
	line: WebLineFaults = { ...NONE };
	#sends: Array<WebSendFault & { count: number }> = [];

	addSend(fault: WebSendFault): void {
		this.#sends.push({ ...fault, count: fault.count ?? 1 });
	}

	takeSend(company: string, to: string): WebSendFault | null {
		const at = this.#sends.findIndex(
			(fault) => (!fault.to || fault.to === to) && (!fault.company || fault.company === company),
		);
		const fault = this.#sends[at];
		if (!fault) return null;
		fault.count--;
		if (fault.count <= 0) this.#sends.splice(at, 1);
		return fault;
	}

	get sends(): readonly WebSendFault[] {
		return this.#sends;
	}

	clear(): void {
		this.line = { ...NONE };
		this.#sends = [];
	}
}
