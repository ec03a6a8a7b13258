import { sql, type RawBuilder } from 'kysely';

/**
 * The conditions of the outbox's partial indexes, spelled exactly as the migrations spell them. A planner uses a partial index
 * only when the query surely implies its condition: words do, a bound parameter does so at best for the value of the moment.
 */

/** Waiting, being sent or unconfirmed: the messages that hold their lane. */
export const unfinished = (status: string): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(status)} in ('queued', 'sending', 'unknown')`;

export const queued = (status: string): RawBuilder<boolean> => sql<boolean>`${sql.ref(status)} = 'queued'`;

/** Handed to the network, with no answer recorded yet. */
export const flying = (status: string): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(status)} in ('sending', 'unknown')`;

/** Not in the line: it waits for a start, for the contact or for its time. */
export const waiting = (waits: string): RawBuilder<boolean> => sql<boolean>`${sql.ref(waits)} > 0`;

/** Planned for later and not woken yet. */
export const planned = (): RawBuilder<boolean> => sql<boolean>`status = 'queued' and waits = 2`;

/** What may still run out of time. */
export const expiring = (): RawBuilder<boolean> =>
	sql<boolean>`status in ('queued', 'held') and valid_until is not null`;

/**
 * Why a message is not in the line (column `waits`). Those that wait stand apart in the indexes: ten thousand of them cost
 * the line nothing, and they hold nobody up.
 */
export const WAITS = {
	/** In the line: served in its turn. A message that is tried again stays in it. */
	forNothing: 0,
	/** For a start the number may make, or (status held) for the contact to write. */
	forStart: 1,
	/** For its `not_before`. */
	forTime: 2,
} as const;
