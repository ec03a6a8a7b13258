/**
 * What should go wrong next? Faults are set by the admin API and consumed in the order they were added.
 * Send faults apply to the next N message requests; webhook faults stay until they are changed.
 */
export type SendFault = {
	count?: number;
	/** Only requests to this contact. */
	to?: string;
	/** Only requests of this type, e.g. 'template'. */
	type?: string;
} & (
	| { kind: 'error'; code: number; status?: number; details?: string; accepted?: boolean }
	/** A bare HTTP failure, as a proxy or an outage would answer; with `accepted` the message goes out all the same. */
	| { kind: 'httpStatus'; status: number; body?: string; accepted?: boolean }
	/** Accepted and delivered, but the answer never comes. */
	| { kind: 'noAnswer' }
	/** Accepted and delivered, the answer comes after `ms`: statuses may arrive before it. */
	| { kind: 'slowAnswer'; ms: number }
	/** The connection drops before anything is accepted. */
	| { kind: 'reset' }
	/** Handled normally, `ms` later. */
	| { kind: 'delay'; ms: number }
	/** Accepted, then a `failed` status with this code. */
	| { kind: 'failLater'; code: number; details?: string }
);

export interface WebhookFaults {
	hold: boolean;
	/** Each POST is sent again after it was acknowledged, or twice at the same time. */
	duplicate: false | 'after' | 'concurrent';
	shuffle: boolean;
	wrongSignature: boolean;
	/** Statuses that are never delivered. */
	dropStatuses: string[];
	/** The statuses of a message arrive last one first. */
	reverseStatuses: boolean;
	/** Each status so many times more. */
	extraStatuses: number;
}

/** What goes wrong when somebody asks for a file. */
export interface MediaFaults {
	/** The next look-ups of a media id answer 500. */
	failLookups: number;
	/** The next downloads answer `status`. */
	failDownloads: number;
	status: number;
	/** Every look-up and download answers that the file is gone. */
	gone: boolean;
	/** Webhook and look-up name another sha256 than the bytes have. */
	wrongSha256: boolean;
}

export const NO_MEDIA_FAULTS: MediaFaults = {
	failLookups: 0,
	failDownloads: 0,
	status: 500,
	gone: false,
	wrongSha256: false,
};

export const NO_WEBHOOK_FAULTS: WebhookFaults = {
	hold: false,
	duplicate: false,
	shuffle: false,
	wrongSignature: false,
	dropStatuses: [],
	reverseStatuses: false,
	extraStatuses: 0,
};

export class Faults {
	webhooks: WebhookFaults = { ...NO_WEBHOOK_FAULTS };
	media: MediaFaults = { ...NO_MEDIA_FAULTS };
	#sends: Array<SendFault & { count: number }> = [];

	addSend(fault: SendFault): void {
		this.#sends.push({ ...fault, count: fault.count ?? 1 });
	}

	/** The fault for this request, if one waits; `to` is compared digit by digit. */
	takeSend(to: string, type: string): SendFault | null {
		if (this.#sends.length === 0) return null;
		const at = this.#sends.findIndex(
			(fault) => (!fault.to || sameDigits(fault.to, to)) && (!fault.type || fault.type === type),
		);
		const fault = this.#sends[at];
		if (!fault) return null;
		fault.count--;
		if (fault.count <= 0) this.#sends.splice(at, 1);
		return fault;
	}

	/** True once for each planned failure of this kind. */
	takeMedia(kind: 'failLookups' | 'failDownloads'): boolean {
		if (this.media[kind] <= 0) return false;
		this.media[kind]--;
		return true;
	}

	get sends(): ReadonlyArray<SendFault> {
		return this.#sends;
	}

	clear(): void {
		this.#sends = [];
		this.webhooks = { ...NO_WEBHOOK_FAULTS };
		this.media = { ...NO_MEDIA_FAULTS };
	}
}

function sameDigits(left: string, right: string): boolean {
	return left.replace(/\D/g, '') === right.replace(/\D/g, '');
}
