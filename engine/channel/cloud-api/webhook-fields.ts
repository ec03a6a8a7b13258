/**
 * Small validators shared by the webhook parsers: lenient about what we can live without.
 * They answer null or undefined instead of failing, since a zod error costs ten times what reading an element does
 * and a hostile body could hold 300,000 of them; the parsers then say what is missing.
 */
import { z } from 'zod/v4';

/** A string or nothing; a value of another type counts as absent instead of costing the whole message. */
export const optionalText = z.string().optional().catch(undefined);

/** Meta writes unix seconds as text, now and then as a number. Gives epoch milliseconds. */
export const unixSeconds = z
	.union([z.string().regex(/^\d{1,11}$/), z.number().int().nonnegative().max(99_999_999_999)])
	.transform((seconds) => Number(seconds) * 1000)
	.nullable()
	.catch(null);

/** Becomes a database key, so it may be neither empty nor carry a NUL (PostgreSQL refuses it); null when unusable. */
export const providerId = z
	.string()
	.min(1)
	.refine((id) => !id.includes('\u0000'))
	.nullable()
	.catch(null);
