import { judgeFetch } from '../../../../engine/media/judge-fetch';

const T0 = Date.parse('2026-11-20T12:00:00Z');
const DAY = 24 * 3_600_000;
const failed = { type: 'failed', reason: 'a Meta não respondeu' } as const;

describe('what becomes of a file that could not be fetched', () => {
	it('is tried again, ever more rarely', () => {
		const pauses = [1, 2, 3, 4, 5, 6, 7, 40].map((attempts) => {
			const verdict = judgeFetch(failed, attempts, T0, T0);
			return verdict.type === 'again' ? (verdict.notBefore - T0) / 1000 : verdict.type;
		});
		expect(pauses).toEqual([5, 30, 120, 600, 3_600, 21_600, 21_600, 21_600]);
	});

	it('is given up after seven days, with the last reason', () => {
		expect(judgeFetch(failed, 40, T0, T0 + 7 * DAY - 1).type).toBe('again');
		expect(judgeFetch(failed, 40, T0, T0 + 7 * DAY)).toEqual({
			type: 'giveUp',
			reason: 'não foi possível baixá-lo em 7 dias: a Meta não respondeu',
		});
	});

	it('is given up at once when it is gone', () => {
		expect(judgeFetch({ type: 'gone', reason: 'apagado' }, 1, T0, T0)).toEqual({ type: 'giveUp', reason: 'apagado' });
	});
});
