import { isIPv6 } from 'node:net';
import { sql } from 'kysely';
import type { Instant } from '../model';
import type { Store } from '../store/open-store';

/** How long must this address wait until it may try a password? Growing waits, known to every process. */

const FREE_TRIES = 3;
const LONGEST_WAIT_MS = 5 * 60_000;
const FORGET_MS = 60 * 60_000;

export type Attempt = { type: 'go' } | { type: 'wait'; until: Instant };

/** Counts the attempt as a failure before the password is looked at: guesses sent at the same time count too. */
export async function takeAttempt(store: Store, address: string, now: Instant): Promise<Attempt> {
	const key = addressKey(address);
	return store.transaction(async (tx): Promise<Attempt> => {
		await tx
			.deleteFrom('console_attempt')
			.where('at', '<', now - FORGET_MS)
			.execute();
		await tx
			.insertInto('console_attempt')
			.values({ address: key, failures: 0, wait_until: 0, at: now })
			.onConflict((c) => c.column('address').doNothing())
			.execute();
		const taken = await tx
			.updateTable('console_attempt')
			.set({ failures: sql`failures + 1`, at: now })
			.where('address', '=', key)
			.where('wait_until', '<=', now)
			.returning('failures')
			.executeTakeFirst();
		const own = tx.updateTable('console_attempt').where('address', '=', key);
		if (taken) {
			await own.set({ wait_until: now + waitAfter(taken.failures) }).execute();
			return { type: 'go' };
		}
		const row = await tx
			.selectFrom('console_attempt')
			.select('wait_until')
			.where('address', '=', key)
			.executeTakeFirstOrThrow();
		return { type: 'wait', until: row.wait_until };
	});
}

/** The right password came. */
export async function forgetAttempts(store: Store, address: string): Promise<void> {
	await store.transaction((tx) =>
		tx.deleteFrom('console_attempt').where('address', '=', addressKey(address)).execute(),
	);
}

/** Nothing for the first three, then 1 s, 2 s, 4 s… up to five minutes. */
export function waitAfter(failures: number): number {
	return failures < FREE_TRIES ? 0 : Math.min(1_000 * 2 ** Math.min(failures - FREE_TRIES, 20), LONGEST_WAIT_MS);
}

/** Whoever has one IPv6 address has the 2^64 of its network. */
export function addressKey(address: string): string {
	const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (mapped !== undefined) return mapped;
	const plain = address.replace(/%.*$/, '');
	if (!isIPv6(plain)) return address.slice(0, 64);
	const [head = '', tail] = new URL(`http://[${plain}]`).hostname.slice(1, -1).split('::');
	const left = head === '' ? [] : head.split(':');
	const right = tail === undefined || tail === '' ? [] : tail.split(':');
	const groups =
		tail === undefined ? left : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
	return `${groups.slice(0, 4).join(':')}::/64`;
}
