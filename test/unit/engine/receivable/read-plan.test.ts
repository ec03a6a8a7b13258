import { ConfigurationError } from '../../../../engine/errors';
import { readDunningPlan } from '../../../../engine/receivable/read-plan';
import { somePlan } from '../../../support/dunning-plans';

describe('the plan of a reminder, from an item', () => {
	it('is taken as an object and as JSON, unchanged', () => {
		const plan = somePlan();
		expect(readDunningPlan(plan)).toEqual(plan);
		expect(readDunningPlan(JSON.stringify(plan))).toEqual(plan);
		const dated = { ...plan, plannedAt: 1_770_000_000_000 };
		expect(readDunningPlan(JSON.stringify(dated))).toEqual(dated);
	});

	it.each([
		['nothing', undefined],
		['an empty text', ''],
		['no JSON', '{'],
		['no steps', { ...somePlan(), steps: [] }],
		['no key', { ...somePlan(), dedupeKey: '' }],
		['a date that is none', { ...somePlan(), day: '10/03/2026' }],
		['no hours', { ...somePlan(), hours: undefined }],
	])('is refused with what is wrong: %s', (_, given) => {
		expect(() => readDunningPlan(given)).toThrow(ConfigurationError);
		expect(() => readDunningPlan(given)).toThrow(/"Dunning Plan" is not the plan of a reminder/);
	});
});
