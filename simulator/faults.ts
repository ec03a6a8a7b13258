/**
 * What should go wrong next? Faults are set by the admin API and consumed in the order they were added.
 * Send faults apply to the next N message requests; webhook faults stay until they are changed.
 */
export type SendFault = { count?: number; to?: string } & (
	| { kind: 'error'; code: number; status?: number; details?: string }
	/** A bare HTTP failure, as a proxy or an outage would answer. */
	| { kind: 'httpStatus'; status: number; body?: string }
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
}

export const NO_WEBHOOK_FAULTS: WebhookFaults = {
	hold: false,
	duplicate: false,
	shuffle: false,
	wrongSignature: false,
	dropStatuses: [],
};

export class Faults {
	webhooks: WebhookFaults = { ...NO_WEBHOOK_FAULTS };
	#sends: Array<SendFault & { count: number }> = [];

	addSend(fault: SendFault): void {
		this.#sends.push({ ...fault, count: fault.count ?? 1 });
	}

	/** The fault for this request, if one waits; `to` is compared digit by digit. */
	takeSend(to: string): SendFault | null {
		if (this.#sends.length === 0) return null;
		const at = this.#sends.findIndex((fault) => !fault.to || sameDigits(fault.to, to));
		const fault = this.#sends[at];
		if (!fault) return null;
		fault.count--;
		if (fault.count <= 0) this.#sends.splice(at, 1);
		return fault;
	}

	get sends(): ReadonlyArray<SendFault> {
		return this.#sends;
	}

	clear(): void {
		this.#sends = [];
		this.webhooks = { ...NO_WEBHOOK_FAULTS };
	}
}

function sameDigits(left: string, right: string): boolean {
	return left.replace(/\D/g, '') === right.replace(/\D/g, '');
}
