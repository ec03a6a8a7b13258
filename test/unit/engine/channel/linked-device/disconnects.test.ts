import { reactTo } from '../../../../../engine/channel/linked-device/disconnects';

const linked = (code: number | null) => reactTo({ code, linked: true, showedCodes: false });
const unlinked = (code: number | null, showedCodes = true) => reactTo({ code, linked: false, showedCodes });

describe('what follows the end of a connection (D9, D-11)', () => {
	it('reconnects at once when WhatsApp asks for a restart', () => {
		expect(linked(515)).toEqual({ type: 'reconnect' });
		expect(unlinked(515)).toEqual({ type: 'reconnect' });
	});

	it.each([428, 408, 500, 503, 599, null])('tries again with growing pauses after %s', (code) => {
		expect(linked(code)).toEqual({ type: 'backOff' });
	});

	it('never fights with another program for the session (B-19)', () => {
		expect(linked(440)).toEqual({ type: 'stop', problem: 'replaced' });
	});

	it.each([401, 406])('forgets a link that was ended, after %s (B-32, B-35)', (code) => {
		expect(linked(code)).toEqual({ type: 'unlinked', problem: 'loggedOut' });
	});

	it.each([402, 403])('stops when the number is blocked, after %s', (code) => {
		expect(linked(code)).toEqual({ type: 'stop', problem: 'banned' });
		expect(unlinked(code)).toEqual({ type: 'stop', problem: 'banned' });
	});

	it('keeps the secrets and tries rarely when WhatsApp takes this version no more (405), linked or not', () => {
		const rest = { type: 'rest', problem: 'outdated' };
		expect([linked(405), unlinked(405), unlinked(405, false)]).toEqual([rest, rest, rest]);
	});

	it('has the link made anew when the phones do not match any more (411)', () => {
		expect(linked(411)).toEqual({ type: 'unlinked', problem: 'mustRelink' });
	});

	it('shows new codes once the codes of a connection ran out, and after a typed code that failed', () => {
		expect(unlinked(408)).toEqual({ type: 'newCodes' });
		expect(unlinked(401)).toEqual({ type: 'newCodes' });
	});

	it('takes silence before any code for trouble on the line', () => {
		expect(unlinked(408, false)).toEqual({ type: 'backOff' });
		expect(unlinked(null, false)).toEqual({ type: 'backOff' });
	});
});
