import { DEFAULT_CHANNEL_SETTINGS, channelSettingsSchema } from '../../../../engine/settings/channel-settings';
import { applyLimits, changesBetween, limitsOf, type Limits } from '../../../../engine/settings/limits';

const { cloudApi, linkedDevice } = DEFAULT_CHANNEL_SETTINGS;

describe('limits of a number', () => {
	it('change only what is given (C-11, C-12)', () => {
		const after = applyLimits(cloudApi, { maxStartsPerDay: 80, maxStartsPerBatch: 5 });
		expect(after).toEqual({ ...cloudApi, dailyStarts: 80, startBatch: { size: 5, everyMinutes: 10 } });
		expect(changesBetween(cloudApi, after)).toEqual([
			{ field: 'maxStartsPerDay', from: 0, to: 80 },
			{ field: 'maxStartsPerBatch', from: 0, to: 5 },
			{ field: 'minutesBetweenBatches', from: 0, to: 10 },
		]);
	});

	it('of a linked device are careful without anybody setting them (D-12, D-13)', () => {
		expect(linkedDevice).toMatchObject({
			...{ dailyStarts: 20, startGap: { minSeconds: 30, maxSeconds: 90 }, warmUp: true },
			...{ answerFirst: true, brakeMinutes: 60, cooldownHours: 24 },
		});
		expect(cloudApi).toMatchObject({ dailyStarts: null, startGap: null, warmUp: false, answerFirst: false });
	});

	it('are lifted with 0', () => {
		const off = { maxStartsPerDay: 0, maxStartsPerBatch: 0, minSecondsBetweenStarts: 0, maxSecondsBetweenStarts: 0 };
		expect(applyLimits(linkedDevice, off)).toMatchObject({ dailyStarts: null, startBatch: null, startGap: null });
	});

	it('are the same after a round trip through the form', () => {
		for (const settings of [cloudApi, linkedDevice]) {
			const again = applyLimits(settings, limitsOf(settings));
			expect(again).toEqual(settings);
			expect(channelSettingsSchema.parse(again)).toEqual(settings);
		}
	});

	it('keep the pause between starts a range when only one end is given', () => {
		expect(applyLimits(linkedDevice, { minSecondsBetweenStarts: 40 }).startGap).toEqual({
			minSeconds: 40,
			maxSeconds: 90,
		});
		expect(applyLimits(linkedDevice, { maxSecondsBetweenStarts: 3 }).startGap).toEqual({
			minSeconds: 3,
			maxSeconds: 3,
		});
	});

	it.each<[Partial<Limits>, string]>([
		[{ maxStartsPerDay: 2.5 }, '"Max Starts Per Day" must be a whole number of 0 or more, but it is 2.5.'],
		[{ maxStartsPerBatch: -1 }, '"Max Starts Per Batch" must be a whole number of 0 or more, but it is -1.'],
		[{ marketingPrice: -0.1 }, '"Marketing Price" must be a number of 0 or more, but it is -0.1.'],
		[{ minutesBetweenBatches: 5 }, '"Minutes Between Batches" needs "Max Starts Per Batch" too.'],
		[{ maxStartsPerBatch: 5, minutesBetweenBatches: 0.5 }, '"Minutes Between Batches" must be at least 1.'],
		[
			{ minSecondsBetweenStarts: 9, maxSecondsBetweenStarts: 3 },
			'"Max Seconds Between Starts" is less than "Min Seconds Between Starts".',
		],
		[{ windowMarginSeconds: 4000 }, '"Window Margin Seconds" must be at most 3600.'],
		[{ currency: 'real' }, '"Currency" must be three capital letters, but it is "real".'],
		[{ timeZone: 'São Paulo' }, '"Time Zone" is "São Paulo", which is not a time zone.'],
	])('refuse %j with the name of the field', (given, message) => {
		expect(() => applyLimits(cloudApi, given)).toThrow(message);
	});
});
