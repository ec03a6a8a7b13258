/** Which Meta apps listen to a WABA? The numbers' own app lives in the numbers; here is what is said about apps. */
export interface ForeignApp {
	id: string;
	name: string;
	/** Where its webhooks go; null when it only shows up in lists. */
	callbackUrl: string | null;
	appSecret: string;
}

export class Apps {
	/** Fields an app subscribed to, by app id; an app nobody configured through the API gets all. */
	readonly #fields = new Map<string, Set<string>>();
	/** Apps of somebody else that are subscribed too, by WABA. */
	readonly foreign = new Map<string, ForeignApp[]>();

	hears(appId: string, field: string): boolean {
		return this.#fields.get(appId)?.has(field) ?? true;
	}

	fieldsOf(appId: string): string[] | null {
		const fields = this.#fields.get(appId);
		return fields ? [...fields] : null;
	}

	/** Null: everything again. */
	setFields(appId: string, fields: readonly string[] | null): void {
		if (fields) this.#fields.set(appId, new Set(fields));
		else this.#fields.delete(appId);
	}

	addForeign(wabaId: string, app: ForeignApp): void {
		const others = (this.foreign.get(wabaId) ?? []).filter((one) => one.id !== app.id);
		this.foreign.set(wabaId, [...others, app]);
	}
}
