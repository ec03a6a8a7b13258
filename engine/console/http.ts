/** What a page asks and what it is answered, whatever server carries it. */

export interface ConsoleRequest {
	method: 'GET' | 'POST';
	/** As asked for, without its query. */
	path: string;
	/** A name that came twice is left out: it says nothing reliable. */
	query: ReadonlyMap<string, string>;
	/** Names in lower case. */
	headers: ReadonlyMap<string, string>;
	body: Uint8Array;
	/** Of the browser, as far as the server knows it. */
	address: string;
	/** What the server believes to be its public address; null when it has no idea. */
	publicUrl: string | null;
}

export interface Answer {
	type: 'answer';
	status: number;
	headers: Readonly<Record<string, string>>;
	body: string | Uint8Array;
}

/** Server-sent events: the headers go out at once, the rest as it happens. */
export interface EventStream {
	type: 'stream';
	headers: Readonly<Record<string, string>>;
	/** Begins to write; returns what to call when the browser is gone. */
	open(sink: Sink): () => void;
}

export interface Sink {
	write(text: string): void;
	end(): void;
}

export type ConsoleResponse = Answer | EventStream;

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
	return {
		type: 'answer',
		status,
		headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
		body: JSON.stringify(body),
	};
}

/** `code` is stable camelCase; `message` is Portuguese and says what to do. */
export function refusal(
	status: number,
	code: string,
	message: string,
	more: { headers?: Record<string, string>; field?: string } = {},
): Answer {
	return json(status, { error: { code, message, field: more.field ?? null } }, more.headers);
}
