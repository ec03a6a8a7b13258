import { sql, type RawBuilder } from 'kysely';

/**
 * The conditions of the outbox's partial indexes, spelled exactly as migration 1 spells them. A planner uses a partial index
 * only when the query surely implies its condition: words do, a bound parameter does so at best for the value of the moment.
 */

/** Waiting, being sent or unconfirmed: the messages that hold their lane. */
export const unfinished = (status: string): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(status)} in ('queued', 'sending', 'unknown')`;

export const queued = (status: string): RawBuilder<boolean> => sql<boolean>`${sql.ref(status)} = 'queued'`;

/** Handed to the network, with no answer recorded yet. */
export const flying = (status: string): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(status)} in ('sending', 'unknown')`;
