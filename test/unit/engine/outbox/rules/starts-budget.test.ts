import {
	admitStart,
	giveBack,
	roomForStarts,
	type StartSettings,
} from '../../../../../engine/outbox/rules/starts-budget';
import { NO_STARTS, readStartsState, type StartsState } from '../../../../../engine/outbox/rules/starts-state';
import { HOUR, TUESDAY_10H as NOW } from '../../../../support/sending-facts';

const FREE: StartSettings = {
	zone: 'America/Sao_Paulo',
	dailyStarts: null,
	startBatch: null,
	startGap: null,
	warmUp: false,
};
const MINUTE = 60_000;
const DAY = 24 * HOUR;
/** 00:00 of Wednesday in São Paulo. */
const MIDNIGHT = Date.UTC(2026, 2, 11, 3);

/** As many starts as the number may make at `now`, one after the other, and what is said of the next one. */
function startMany(state: StartsState, settings: StartSettings, now: number, atMost = 1_000) {
	let made = 0;
	for (;;) {
		const admission = admitStart(state, settings, now, 0);
		if (admission.type === 'postpone') return { made, state, admission };
		state = admission.state;
		if (++made === atMost) return { made, state, admission: null };
	}
}

describe('how many conversations a number may start (C-11, C-12, D-12)', () => {
	it('as many as it likes when nothing limits it', () => {
		expect(startMany(NO_STARTS, FREE, NOW).made).toBe(1_000);
		expect(roomForStarts(NO_STARTS, FREE, NOW)).toBe(Infinity);
	});

	describe('by the day (C-11)', () => {
		const settings = { ...FREE, dailyStarts: 3 };

		it('no more than the cap, and the rest waits for the next day at the hour at which today began', () => {
			const { made, admission } = startMany(NO_STARTS, settings, NOW);
			expect(made).toBe(3);
			expect(admission).toEqual({
				type: 'postpone',
				code: 'dailyCap',
				until: MIDNIGHT + 10 * HOUR,
				text: 'Adiada: este número já iniciou as 3 conversas do limite diário. Continua amanhã, na ordem.',
			});
		});

		it('counts the days of its zone', () => {
			const { state } = startMany(NO_STARTS, settings, NOW);
			expect(startMany(state, settings, MIDNIGHT - 1).made).toBe(0);
			expect(startMany(state, settings, MIDNIGHT).made).toBe(3);
			const tokyo = { ...settings, zone: 'Asia/Tokyo' };
			const there = startMany(NO_STARTS, tokyo, NOW).state;
			expect(startMany(there, tokyo, Date.UTC(2026, 2, 10, 15)).made).toBe(3);
		});

		it('wakes nobody at midnight: what waits goes on when the day before began', () => {
			const { state } = startMany(NO_STARTS, settings, NOW);
			expect(roomForStarts(state, settings, MIDNIGHT)).toBe(0);
			expect(roomForStarts(state, settings, MIDNIGHT + 10 * HOUR - 1)).toBe(0);
			expect(roomForStarts(state, settings, MIDNIGHT + 10 * HOUR)).toBe(3);
		});

		it('lets a daily run that is early by a moment not overtake those who wait', () => {
			const { state, admission } = startMany(NO_STARTS, settings, NOW + 7 * MINUTE);
			expect(admission?.until).toBe(MIDNIGHT + 10 * HOUR);
			expect(roomForStarts(state, settings, MIDNIGHT + 10 * HOUR)).toBe(3);
		});

		it('does not stop for weeks after a clock that was far ahead was set right', () => {
			const { state } = startMany(NO_STARTS, settings, NOW + 30 * DAY);
			expect(startMany(state, settings, NOW + 29 * DAY).made).toBe(0);
			expect(roomForStarts(state, settings, NOW)).toBe(3);
			const today = startMany(state, settings, NOW);
			expect(today.made).toBe(3);
			expect(today.state.firstDayAt).toBe(MIDNIGHT - DAY);
		});

		it('needs no such care when the cap was not reached, or days have passed', () => {
			const some = startMany(NO_STARTS, settings, NOW, 2).state;
			expect(roomForStarts(some, settings, MIDNIGHT)).toBe(3);
			const full = startMany(NO_STARTS, settings, NOW).state;
			expect(roomForStarts(full, settings, MIDNIGHT + DAY)).toBe(3);
		});

		it('has days of 23 and 25 hours where clocks change', () => {
			const newYork = { ...settings, zone: 'America/New_York' };
			// Clocks went forward on 8 March 2026.
			const evening = Date.UTC(2026, 2, 8, 4, 59);
			const { state, admission } = startMany(NO_STARTS, newYork, evening);
			expect(admission).toMatchObject({ until: Date.UTC(2026, 2, 8, 5) + 24 * HOUR - 15 * MINUTE });
			const { state: next } = startMany(state, newYork, Date.UTC(2026, 2, 8, 5));
			expect(next.day).toMatchObject({ endsAt: Date.UTC(2026, 2, 9, 4) });
		});

		it('gives no cap twice when the clock is set back', () => {
			const { state } = startMany(NO_STARTS, settings, MIDNIGHT + HOUR);
			expect(startMany(state, settings, MIDNIGHT - 5 * HOUR).made).toBe(0);
		});

		it('follows a cap that is raised or lowered at once', () => {
			const { state } = startMany(NO_STARTS, settings, NOW);
			expect(startMany(state, { ...settings, dailyStarts: 5 }, NOW).made).toBe(2);
			expect(startMany(state, { ...settings, dailyStarts: 1 }, NOW).made).toBe(0);
		});

		it('falls back to Brasília when the zone is unknown', () => {
			expect(startMany(NO_STARTS, { ...settings, zone: 'Nowhere' }, NOW).admission!.until).toBe(MIDNIGHT + 10 * HOUR);
		});
	});

	describe('by the age of the number (D-13)', () => {
		const settings = { ...FREE, warmUp: true };

		it.each([
			[0, 10],
			[2, 10],
			[3, 20],
			[6, 20],
			[7, 40],
			[14, 80],
			[21, 160],
			[27, 160],
			[28, 1_000],
		])('on day %i after its first start: %i', (day, expected) => {
			const { state } = startMany(NO_STARTS, settings, NOW, 1);
			const { made } = startMany(state, settings, NOW + day * DAY);
			expect(made).toBe(day === 0 ? expected - 1 : expected);
		});

		it('says that it is the warm-up; a lower cap of its own says so', () => {
			expect(startMany(NO_STARTS, settings, NOW).admission).toMatchObject({
				code: 'warmUp',
				text: 'Adiada: este número está em aquecimento e já iniciou as 10 conversas de hoje; o limite cresce com os dias. Continua amanhã, na ordem.',
			});
			expect(startMany(NO_STARTS, { ...settings, dailyStarts: 4 }, NOW).admission!).toMatchObject({ code: 'dailyCap' });
		});
	});

	it('in batches: so many per interval (C-12)', () => {
		const settings = { ...FREE, startBatch: { size: 5, everyMinutes: 10 } };
		const first = startMany(NO_STARTS, settings, NOW);
		expect(first.made).toBe(5);
		expect(first.admission).toEqual({
			type: 'postpone',
			code: 'startBatch',
			until: NOW + 10 * MINUTE,
			text: 'Adiada: saem no máximo 5 inícios a cada 10 min. Continua em seguida, na ordem.',
		});
		expect(roomForStarts(first.state, settings, NOW + 10 * MINUTE - 1)).toBe(0);
		expect(roomForStarts(first.state, settings, NOW + 10 * MINUTE)).toBe(5);
		expect(startMany(first.state, settings, NOW + 10 * MINUTE).made).toBe(5);
	});

	it('with a random pause between two (D-12)', () => {
		const settings = { ...FREE, startGap: { minSeconds: 8, maxSeconds: 25 } };
		const after = (random: number) => {
			const admission = admitStart(NO_STARTS, settings, NOW, random);
			if (admission.type === 'postpone') throw new Error('It must be admitted.');
			const next = admitStart(admission.state, settings, NOW, random);
			return { state: admission.state, next };
		};
		expect(after(0).next).toMatchObject({ code: 'startGap', until: NOW + 8_000 });
		expect(after(0.5).next).toMatchObject({ until: NOW + 16_500 });
		const { state } = after(0.999);
		expect(admitStart(state, settings, NOW + 24_982, 0).type).toBe('postpone');
		expect(admitStart(state, settings, NOW + 24_983, 0).type).toBe('admit');
		expect(roomForStarts(NO_STARTS, settings, NOW)).toBe(1);
		// Shortened meanwhile: nobody waits longer than the longest pause there is.
		expect(admitStart(state, { ...FREE, startGap: { minSeconds: 1, maxSeconds: 2 } }, NOW, 0).type).toBe('admit');
	});

	it('not at all while it is braked (X-08)', () => {
		const state = { ...NO_STARTS, brake: { until: NOW + HOUR, reason: 'a qualidade caiu.' } };
		expect(admitStart(state, FREE, NOW, 0)).toEqual({
			type: 'postpone',
			code: 'braked',
			until: NOW + HOUR,
			text: 'Adiada: os inícios deste número estão em pausa: a qualidade caiu.',
		});
		expect(roomForStarts(state, FREE, NOW)).toBe(0);
		expect(admitStart(state, FREE, NOW + HOUR, 0).type).toBe('admit');
	});

	it('again, when one provably did not leave', () => {
		const settings = { ...FREE, dailyStarts: 2, startBatch: { size: 2, everyMinutes: 10 } };
		const { state } = startMany(NO_STARTS, settings, NOW);
		expect(startMany(giveBack(state, NOW), settings, NOW).made).toBe(1);
		// One of yesterday is none of today.
		const tomorrow = startMany(state, settings, NOW + DAY).state;
		expect(startMany(giveBack(tomorrow, NOW), settings, NOW + DAY).made).toBe(0);
		expect(giveBack(NO_STARTS, NOW)).toEqual(NO_STARTS);
	});

	it('remembers across restarts; what cannot be read counts as new', () => {
		const { state } = startMany(NO_STARTS, { ...FREE, dailyStarts: 3 }, NOW);
		expect(readStartsState(JSON.stringify(state))).toEqual(state);
		expect(readStartsState('{"day":7}')).toEqual(NO_STARTS);
		expect(readStartsState(undefined)).toEqual(NO_STARTS);
	});
});
