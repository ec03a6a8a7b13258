import { sql, type RawBuilder } from 'kysely';

/**
 * The conditions of the outbox's partial indexes, spelled exactly as migration 1 spells them. SQLite uses a partial index only
 * when the query repeats its condition word for word, and a bound parameter is not a word.
 */

/** Waiting, being sent or unconfirmed: the messages that hold their lane. */
export const unfinished = (status: string): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(status)} in ('queued', 'sending', 'unknown')`;

export const queued = (status: string): RawBuilder<boolean> => sql<boolean>`${sql.ref(status)} = 'queued'`;

/** Handed to the network, with no answer recorded yet. */
export const flying = (status: string): RawBuilder<boolean> =>
	sql<boolean>`${sql.ref(status)} in ('sending', 'unknown')`;
