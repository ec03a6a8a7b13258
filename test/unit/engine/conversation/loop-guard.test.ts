import { watchLoop, type LoopLimits } from '../../../../engine/conversation/loop-guard';
import { initialTriageData, type LoopMemory } from '../../../../engine/conversation/types';
import { TUESDAY_10H } from './support';

const LIMITS: LoopLimits = { maxBotMessages: 10, perMinutes: 10, maxSameText: 3, maxFastReplies: 2 };
const START = initialTriageData().loop;

function play(steps: Array<[text: string, at: number]>, limits = LIMITS, memory: LoopMemory = START) {
	return steps.map(([text, at]) => {
		const verdict = watchLoop(memory, limits, text, TUESDAY_10H + at, 0);
		memory = verdict.memory;
		return verdict.blocked !== null;
	});
}

describe('loop guard (D-16)', () => {
	it('stops after too many automatic messages in the period', () => {
		expect(watchLoop(START, LIMITS, 'oi', TUESDAY_10H, 9).blocked).toBe(null);
		expect(watchLoop(START, LIMITS, 'oi', TUESDAY_10H, 10).blocked).toBe(
			'10 mensagens automáticas para este contato em 10 min',
		);
	});

	it('stops at the same text again and again, not at different ones', () => {
		expect(
			play([
				['Oi', 0],
				['oi ', 5000],
				['OI', 9000],
			]),
		).toEqual([false, false, true]);
		expect(
			play([
				['a', 0],
				['b', 5000],
				['a', 9000],
				['b', 9500],
			]),
		).toEqual([false, false, false, false]);
		expect(
			play([
				['oi', 0],
				['oi', 5 * 60_000],
				['oi', 11 * 60_000],
			]),
		).toEqual([false, false, false]);
	});

	it('does not take an album of photos for a loop', () => {
		expect(
			play([
				['', 0],
				['', 5000],
				['', 9000],
				['', 9500],
			]),
		).toEqual([false, false, false, false]);
	});

	it('stops at answers quicker than a person can type', () => {
		const memory = { ...START, lastBotAt: TUESDAY_10H };
		expect(
			play(
				[
					['a', 300],
					['b', 600],
				],
				LIMITS,
				memory,
			),
		).toEqual([false, true]);
		expect(
			play(
				[
					['a', 300],
					['b', 1600],
					['c', 1700],
				],
				LIMITS,
				memory,
			),
		).toEqual([false, false, false]);
		expect(
			play(
				[
					['a', -300],
					['b', -200],
					['c', -100],
				],
				LIMITS,
				memory,
			),
		).toEqual([false, false, false]);
	});

	it('0 switches a check off', () => {
		const off = { ...LIMITS, maxBotMessages: 0, maxSameText: 0, maxFastReplies: 0 };
		expect(
			play(
				[
					['a', 0],
					['a', 1],
					['a', 2],
					['a', 3],
				],
				off,
			),
		).toEqual([false, false, false, false]);
		expect(watchLoop(START, off, 'a', TUESDAY_10H, 999).blocked).toBe(null);
	});
});
