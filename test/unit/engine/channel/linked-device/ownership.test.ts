import { LEASE_MS } from '../../../../../engine/channel/linked-device/lease';
import { Ownership } from '../../../../../engine/channel/linked-device/ownership';
import type { SessionRow } from '../../../../../engine/channel/linked-device/session-rows';
import type { Store } from '../../../../../engine/store/open-store';

const NOW = Date.parse('2026-08-03T13:00:00Z');
const SECOND = 1_000;

const ownership = (isGone: boolean) =>
	new Ownership({
		store: {} as Store,
		clock: { now: () => NOW },
		channelId: 'linkedDevice:atendimento',
		me: 'n8n/7/a',
		isGone: () => isGone,
		lost: () => undefined,
	});

const rowOf = (owner: string | null, leftMs: number) => ({ owner, leaseUntil: NOW + leftMs }) as SessionRow;

describe('whether a session is free to own', () => {
	it('is when nobody owns it, or the lease is over', () => {
		expect(ownership(false).isFree(rowOf(null, LEASE_MS))).toBe(true);
		expect(ownership(false).isFree(rowOf('n8n/9/b', 0))).toBe(true);
		expect(ownership(false).isFree(rowOf('n8n/9/b', 1))).toBe(false);
	});

	it('is as soon as an owner that died should have renewed its lease', () => {
		expect(ownership(true).isFree(rowOf('n8n/9/b', LEASE_MS - 9 * SECOND))).toBe(true);
		expect(ownership(false).isFree(rowOf('n8n/9/b', LEASE_MS - 9 * SECOND))).toBe(false);
	});

	it('is not while the lease is renewed, though its owner looks dead from here: two containers may share a name (D9)', () => {
		expect(ownership(true).isFree(rowOf('n8n/9/b', LEASE_MS - 4 * SECOND))).toBe(false);
	});
});
