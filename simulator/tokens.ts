/** Is a token still good, and what may it do? Every number's token is a permanent one with both permissions until told otherwise. */
export interface TokenState {
	/** Milliseconds on the virtual clock; null: never. */
	expiresAt: number | null;
	scopes: string[];
}

export const ALL_SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

export class Tokens {
	readonly #states = new Map<string, TokenState>();

	get(token: string): TokenState {
		return this.#states.get(token) ?? { expiresAt: null, scopes: ALL_SCOPES };
	}

	change(token: string, patch: Partial<TokenState>): TokenState {
		const state = { ...this.get(token), ...patch };
		this.#states.set(token, state);
		return state;
	}

	expired(token: string, now: number): boolean {
		const { expiresAt } = this.get(token);
		return expiresAt !== null && expiresAt <= now;
	}

	clear(): void {
		this.#states.clear();
	}
}
