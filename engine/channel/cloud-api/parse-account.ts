/**
 * Everything that is not a message or its status: templates, quality, limits, restrictions, opt-outs.
 * Each becomes one AccountEvent with a sentence for the timeline and a key that a repeated webhook shares.
 */
import { createHash } from 'node:crypto';
import type { AccountEvent, Instant } from '../../model';
import { summarize } from './account-summary';
import { isObject, listOf, type Json } from '../untrusted';
import { unixSeconds } from './webhook-fields';

const DAY = 86_400_000;
const DEEPEST = 30;

/** Where a change was found: which account, and when Meta says it happened (unix seconds), if it does. */
export interface ChangeOrigin {
	accountId: unknown;
	time: unknown;
	receivedAt: Instant;
}

/** One event per preference, so that each opt-out is found by its own contact; else one for the whole change. */
export function readAccountChange(field: string, value: unknown, origin: ChangeOrigin): AccountEvent[] {
	if (field === 'user_preferences' && isObject(value)) {
		const preferences = listOf(value.user_preferences).filter(isObject);
		if (preferences.length > 0) {
			return preferences.map((one) => accountEvent(field, one, { ...origin, time: one.timestamp ?? origin.time }));
		}
	}
	return [accountEvent(field, value, origin)];
}

export function accountEvent(field: string, value: unknown, origin: ChangeOrigin): AccountEvent {
	const at = unixSeconds.parse(origin.time ?? null);
	// Without a time of its own, news is told apart from the same news on another day by the day it arrived.
	const when = at !== null ? `at ${at}` : `day ${Math.floor(origin.receivedAt / DAY)}`;
	return {
		type: 'account',
		field,
		summary: summarize(field, isObject(value) ? value : {}),
		key: hash([field, when, origin.accountId, value]),
		at: at ?? origin.receivedAt,
		raw: value,
	};
}

function hash(parts: unknown[]): string {
	return createHash('sha256').update(canonical(parts, 0)).digest('hex').slice(0, 32);
}

/** JSON with sorted keys: the same content gives the same text whatever the order it was written in. */
function canonical(value: unknown, depth: number): string {
	if (depth > DEEPEST) return '"…"';
	if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
	if (isObject(value)) return `{${members(value, depth).join(',')}}`;
	return JSON.stringify(value) ?? 'null';
}

function members(value: Json, depth: number): string[] {
	return Object.keys(value)
		.sort()
		.map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`);
}
