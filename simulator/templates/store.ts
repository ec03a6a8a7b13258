import type { NewTemplate, Template } from './model';

/** Which templates does each WABA have? Looked up by id and by name + language, which is Meta's key. */
const DAY = 86_400_000;
const HOUR = 3_600_000;
/** A name cannot be used again for so long after an approved one was deleted (cloud-api.md §4). */
const NAME_REST = 30 * DAY;

export class TemplateStore {
	readonly #byId = new Map<string, Template>();
	readonly #byKey = new Map<string, Template>();
	/** `waba name language` → until when the name rests. */
	readonly #resting = new Map<string, number>();
	readonly #creations = new Map<string, number[]>();
	readonly #handles = new Set<string>();
	#nextId = 900_000_000_000_001;

	add(input: NewTemplate & { wabaId: string }, now: number): Template {
		const template: Template = {
			id: String(this.#nextId++),
			wabaId: input.wabaId,
			name: input.name,
			language: input.language ?? 'pt_BR',
			category: input.category ?? 'UTILITY',
			previousCategory: null,
			correctCategory: null,
			categoryChangesAt: null,
			status: input.status ?? 'APPROVED',
			parameterFormat: input.parameterFormat ?? 'POSITIONAL',
			components: input.components.map((component) => ({ ...component, type: String(component.type).toUpperCase() })),
			quality: input.quality ?? 'UNKNOWN',
			rejectedReason: 'NONE',
			ttlSeconds: input.ttlSeconds ?? null,
			pauses: 0,
			pausedUntil: null,
			editedAt: [],
			createdAt: now,
		};
		this.#byId.set(template.id, template);
		this.#byKey.set(key(template.wabaId, template.name, template.language), template);
		return template;
	}

	byId(id: string): Template | undefined {
		return this.#byId.get(id);
	}

	find(wabaId: string, name: string, language: string): Template | undefined {
		return this.#byKey.get(key(wabaId, name, language));
	}

	/** Newest first, as Meta lists them. */
	list(wabaId: string): Template[] {
		return [...this.#byId.values()].filter((template) => template.wabaId === wabaId).reverse();
	}

	all(): Iterable<Template> {
		return this.#byId.values();
	}

	remove(template: Template, now: number): void {
		const templateKey = key(template.wabaId, template.name, template.language);
		this.#byId.delete(template.id);
		this.#byKey.delete(templateKey);
		if (template.status === 'APPROVED' || template.status === 'PAUSED') this.#resting.set(templateKey, now + NAME_REST);
	}

	/** Until when a deleted name may not be used again, or null. */
	restsUntil(wabaId: string, name: string, language: string, now: number): number | null {
		const until = this.#resting.get(key(wabaId, name, language));
		return until !== undefined && until > now ? until : null;
	}

	/** How many were asked for in the last hour; `count` counts one more. */
	creationsInHour(wabaId: string, now: number): number {
		const recent = (this.#creations.get(wabaId) ?? []).filter((at) => now - at < HOUR);
		this.#creations.set(wabaId, recent);
		return recent.length;
	}

	count(wabaId: string, now: number): void {
		const times = this.#creations.get(wabaId);
		if (times) times.push(now);
		else this.#creations.set(wabaId, [now]);
	}

	/** Handles of the Resumable Upload API, the only examples a media header takes. */
	addHandle(handle: string): void {
		this.#handles.add(handle);
	}

	hasHandle(handle: string): boolean {
		return this.#handles.has(handle);
	}

	clear(): void {
		this.#byId.clear();
		this.#byKey.clear();
		this.#resting.clear();
		this.#creations.clear();
		this.#handles.clear();
	}
}

function key(wabaId: string, name: string, language: string): string {
	return `${wabaId}\n${name}\n${language}`;
}
