/** How does Meta regard a number and its account? What the reads tell and what sends run into (cloud-api.md §5, §6). */
export interface NumberHealth {
	quality: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
	status: 'CONNECTED' | 'FLAGGED' | 'RESTRICTED' | 'DISCONNECTED' | 'BANNED';
	/** Of the portfolio: TIER_250, TIER_2K, TIER_10K, TIER_100K, TIER_UNLIMITED. */
	limit: string;
	/** Templates are refused with 131048 while blocks and reports are too many. */
	spamLimited: boolean;
	/** Everything is refused with 131042: no payment method. */
	paymentProblem: boolean;
}

export interface Restriction {
	/** As account_update writes it, e.g. RESTRICTED_BIZ_INITIATED_MESSAGING. */
	type: string;
	/** Milliseconds on the virtual clock. */
	until: number;
}

const HEALTHY: NumberHealth = {
	quality: 'GREEN',
	status: 'CONNECTED',
	limit: 'TIER_2K',
	spamLimited: false,
	paymentProblem: false,
};

export class Health {
	readonly #numbers = new Map<string, NumberHealth>();
	readonly #restrictions = new Map<string, Restriction>();

	of(phoneNumberId: string): NumberHealth {
		return this.#numbers.get(phoneNumberId) ?? HEALTHY;
	}

	change(phoneNumberId: string, patch: Partial<NumberHealth>): NumberHealth {
		const health = { ...this.of(phoneNumberId), ...patch };
		this.#numbers.set(phoneNumberId, health);
		return health;
	}

	/** Null lifts it. */
	restrict(wabaId: string, restriction: Restriction | null): void {
		if (restriction) this.#restrictions.set(wabaId, restriction);
		else this.#restrictions.delete(wabaId);
	}

	restriction(wabaId: string, now: number): Restriction | null {
		const restriction = this.#restrictions.get(wabaId);
		return restriction && restriction.until > now ? restriction : null;
	}

	clear(): void {
		this.#numbers.clear();
		this.#restrictions.clear();
	}
}
