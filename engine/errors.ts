/**
 * The engine throws only these. Each message says what happened, why, and what to do next;
 * nodes map them once to n8n's errors (nodes/shared/run-items.ts).
 */
export class DeskError extends Error {
	constructor(
		message: string,
		/** What a person can do about it; shown under the message. */
		readonly hint: string = '',
		/** Name of the field or setting at fault, when there is one. */
		readonly field?: string,
	) {
		super(message);
		this.name = new.target.name;
	}
}

/** A parameter, credential or setting is wrong; nothing was done. */
export class ConfigurationError extends DeskError {}

/** The named thing does not exist (conversation, queue, message…). */
export class NotFound extends DeskError {}

/** A rule of the desk forbids it (for example resolving a resolved conversation). */
export class RuleBroken extends DeskError {
	constructor(
		readonly rule: string,
		message: string,
		hint = '',
	) {
		super(message, hint);
	}
}

/** The store cannot be used: unreachable, locked, newer than this package. */
export class StoreUnavailable extends DeskError {}
