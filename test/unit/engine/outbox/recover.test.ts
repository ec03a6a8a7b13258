import { hostname } from 'node:os';
import { MAX_ATTEMPTS } from '../../../../engine/outbox/outcome';
import { enterProcess, isGone, leaveProcess } from '../../../../engine/outbox/process-name';
import { judgeFlying, type Flying, type Rescuer } from '../../../../engine/outbox/recover';

const NOW = 1_000_000;
const MINUTE = 60_000;

describe('whether whoever claimed a message is gone', () => {
	it('not while the desk of that name is open in this process', () => {
		const name = enterProcess();
		expect(isGone(name, 0)).toBe(false);
		expect(isGone(name, 99 * MINUTE)).toBe(false);
		leaveProcess(name);
		expect(isGone(name, 0)).toBe(true);
	});

	it('yes for an earlier life of this process id', () => {
		expect(isGone(`${hostname()}/${process.pid}/before`, 0)).toBe(true);
	});

	it('yes for a process id nobody has', () => {
		expect(isGone(`${hostname()}/4194999/x`, 0)).toBe(true);
	});

	it('not for a process that runs here, unless it has been silent for ten minutes (a reused id)', () => {
		expect(isGone(`${hostname()}/1/x`, 10 * MINUTE)).toBe(false);
		expect(isGone(`${hostname()}/1/x`, 10 * MINUTE + 1)).toBe(true);
	});

	it('on another machine only after longer than any call may take', () => {
		expect(isGone('elsewhere/1/x', 3 * MINUTE)).toBe(false);
		expect(isGone('elsewhere/1/x', 3 * MINUTE + 1)).toBe(true);
	});
});

describe('what to do about a message that seems to be on its way (D4)', () => {
	const rescuer = (more: Partial<Rescuer> = {}): Rescuer => ({
		me: 'here/1/me',
		inHand: new Set(),
		reconcileMs: MINUTE,
		listeningSince: 0,
		...more,
	});
	const flying = (more: Partial<Flying> = {}): Flying => ({
		id: 'out_1',
		status: 'sending',
		attempts: 1,
		claimedBy: 'elsewhere/1/x',
		claimedAt: NOW,
		...more,
	});
	const judge = (message: Partial<Flying>, who: Partial<Rescuer> = {}) =>
		judgeFlying(flying(message), rescuer(who), NOW);

	it('leaves what is being sent', () => {
		expect(judge({ claimedBy: 'here/1/me' }, { inHand: new Set(['out_1']) })).toBe('leave');
		expect(judge({})).toBe('leave');
	});

	it('puts back what was claimed here but never handed on: the answer to the claim was lost', () => {
		expect(judge({ claimedBy: 'here/1/me' })).toBe('release');
	});

	it('adopts what a process was sending when it died', () => {
		expect(judge({ claimedAt: NOW - 4 * MINUTE })).toBe('adopt');
	});

	it('sends again only what stayed without proof for its time', () => {
		expect(judge({ status: 'unknown', claimedAt: NOW - MINUTE + 1 })).toBe('leave');
		expect(judge({ status: 'unknown', claimedAt: NOW - MINUTE })).toBe('resend');
	});

	it('does not count time in which nobody could hear the proof', () => {
		const old = { status: 'unknown', claimedAt: 0 };
		expect(judge(old, { listeningSince: NOW - 10 })).toBe('leave');
		expect(judge(old, { listeningSince: NOW - MINUTE })).toBe('resend');
	});

	it('gives up after too many attempts without proof', () => {
		expect(judge({ status: 'unknown', claimedAt: 0, attempts: MAX_ATTEMPTS - 1 })).toBe('resend');
		expect(judge({ status: 'unknown', claimedAt: 0, attempts: MAX_ATTEMPTS })).toBe('giveUp');
	});
});
