import type { INodeParameters } from 'n8n-workflow';
import { BusinessHours } from '../../../../nodes/BusinessHours/BusinessHours.node';
import { n8nWorkflow, nodeTypesOf, storedNode } from '../../../support/n8n-host';
import { runNode } from '../../../support/run-node';

type Json = Record<string, any>;

const run = async (parameters: INodeParameters, items: Json[], onError?: 'continueRegularOutput') =>
	await runNode({ node: new BusinessHours(), parameters, items, onError });
const at = (...moments: string[]) => moments.map((sentAt) => ({ sentAt }));
/** Which items went where, by a field of theirs. */
const placed = (outputs: Awaited<ReturnType<typeof run>>, field = 'sentAt') =>
	outputs.map((items) => items.map(({ json }) => json[field]));

const BY_ITEM = { dateTime: '={{ $json.sentAt }}' };
const TUESDAY = '2026-11-24T13:00:00.000Z';
const TUESDAY_NIGHT = '2026-11-25T01:00:00.000Z';
const HOLIDAY = '2026-11-20T13:00:00.000Z';

describe('Business Hours: outputs', () => {
	it.each([
		['check', ['Open', 'Closed', 'Holiday']],
		['nextOpening', [undefined]],
		['addBusinessDays', [undefined]],
	])('%s has the outputs %j', (operation, names) => {
		const node = storedNode({ node: new BusinessHours(), parameters: { operation } });
		const nodeTypes = nodeTypesOf({ [node.type]: new BusinessHours() });
		const workflow = new n8nWorkflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		const { description } = new BusinessHours();
		const outputs = n8nWorkflow.NodeHelpers.getNodeOutputs(workflow, node, description);
		expect(outputs.map((output) => (output as Json).displayName)).toEqual(names);
	});
});

describe('Business Hours: Check', () => {
	it('sends each of many items to Open, Closed or Holiday (P-16, P-18)', async () => {
		const moments = Array.from({ length: 60 }, (_, i) => [TUESDAY, TUESDAY_NIGHT, HOLIDAY][i % 3]!);
		const outputs = await run(
			BY_ITEM,
			moments.map((sentAt, n) => ({ sentAt, n })),
		);
		expect(placed(outputs, 'n')).toEqual(
			[0, 1, 2].map((rest) => moments.flatMap((_, i) => (i % 3 === rest ? [i] : []))),
		);
		expect(outputs.flat().every(({ json, pairedItem }) => (pairedItem as Json).item === json.n)).toBe(true);
	});

	it('keeps every field and says what it found (P-18, D-27)', async () => {
		const outputs = await run({ ...BY_ITEM, state: 'SP' }, [{ sentAt: HOLIDAY, text: 'Oi', contact: { name: 'Ana' } }]);
		expect(outputs[2]![0]).toEqual({
			json: {
				sentAt: HOLIDAY,
				text: 'Oi',
				contact: { name: 'Ana' },
				businessHours: {
					open: false,
					state: 'holiday',
					holiday: { date: '2026-11-20', name: 'Consciência Negra' },
					period: '2026-11-19T21:00:00.000Z',
					nextOpening: '2026-11-23T11:00:00.000Z',
					closesAt: null,
					nextOpeningText: 'segunda-feira às 08:00',
					description: 'seg. a sex. das 08:00 às 18:00',
					zone: 'America/Sao_Paulo',
				},
			},
			pairedItem: { item: 0 },
		});
	});

	it('keeps binary data', async () => {
		const binary = { photo: { data: 'AA==', mimeType: 'image/png' } };
		const [open] = await runNode({
			node: new BusinessHours(),
			parameters: BY_ITEM,
			items: [{ json: { sentAt: TUESDAY }, binary }],
		});
		expect(open![0]!.binary).toEqual(binary);
	});

	it('takes a schedule per number by expression (M-21)', async () => {
		const schedule = '={{ $json.channel === "suporte" ? "allDay" : "commercial" }}';
		const items = [
			{ sentAt: TUESDAY_NIGHT, channel: 'suporte' },
			{ sentAt: TUESDAY_NIGHT, channel: 'vendas' },
		];
		expect(placed(await run({ ...BY_ITEM, schedule }, items), 'channel')).toEqual([['suporte'], ['vendas'], []]);
	});

	it('has the time outside business hours as a schedule of its own (P-16)', async () => {
		const outputs = await run({ ...BY_ITEM, schedule: 'outsideCommercial' }, at(TUESDAY, TUESDAY_NIGHT, HOLIDAY));
		expect(placed(outputs)).toEqual([[TUESDAY_NIGHT, HOLIDAY], [TUESDAY], []]);
	});

	it('takes own weekly hours, several a day and past midnight (P-17, D-26)', async () => {
		const parameters: INodeParameters = {
			dateTime: '={{ $json.sentAt }}',
			schedule: 'custom',
			timeZone: 'America/Rio_Branco',
			weeklyHours: {
				row: [
					{ days: ['tue'], from: '08:00', to: '12:00' },
					{ days: ['tue'], from: '20:00', to: '02:00' },
				],
			},
		};
		const moments = [
			'2026-11-24T13:00',
			'2026-11-24T12:00',
			'2026-11-24T15:00',
			'2026-11-25T01:59',
			'2026-11-25T02:00',
		];
		const items = moments.map((local) => ({ sentAt: `${local}:00-05:00`, local }));
		expect(placed(await run(parameters, items), 'local')).toEqual([
			['2026-11-25T01:59'],
			['2026-11-24T13:00', '2026-11-24T12:00', '2026-11-24T15:00', '2026-11-25T02:00'],
			[],
		]);
		const [open] = await run({ ...parameters, dateTime: '2026-11-24T11:30' }, [{}]);
		expect((open![0]!.json as Json).businessHours).toMatchObject({
			description: 'ter. das 08:00 às 12:00 e das 20:00 às 02:00',
			closesAt: '2026-11-24T17:00:00.000Z',
		});
	});

	it('adds state, optional and own dates (X-12, D-26)', async () => {
		const parameters: INodeParameters = {
			...BY_ITEM,
			state: 'SP',
			optionalHolidays: ['carnival', 'corpusChristi'],
			ownDates: {
				date: [
					{ date: '25/01', name: 'Aniversário de São Paulo', from: '', to: '' },
					{ date: '2026-11-20', name: 'Plantão', from: '09:00', to: '12:00' },
				],
			},
		};
		const holidays = ['2026-07-09T13:00Z', '2026-02-16T13:00Z', '2026-06-04T13:00Z', '2027-01-25T13:00Z'];
		expect(placed(await run(parameters, at(...holidays, HOLIDAY)))).toEqual([[HOLIDAY], [], holidays]);
	});

	it('knows no holiday when they are switched off, but keeps own dates', async () => {
		const parameters = { ...BY_ITEM, brazilianHolidays: false };
		expect(placed(await run(parameters, at(HOLIDAY)))).toEqual([[HOLIDAY], [], []]);
		const ownDates = { date: [{ date: '20/11', name: 'Fechado', from: '', to: '' }] };
		expect(placed(await run({ ...parameters, ownDates }, at(HOLIDAY)))).toEqual([[], [], [HOLIDAY]]);
	});

	it('can send holidays to Closed', async () => {
		const outputs = await run({ ...BY_ITEM, options: { holidayAsClosed: true } }, at(HOLIDAY));
		expect(placed(outputs)).toEqual([[], [HOLIDAY], []]);
		expect((outputs[1]![0]!.json as Json).businessHours.state).toBe('holiday');
	});

	it.each([
		['={{ DateTime.fromISO("2026-11-24T13:00:00Z") }}', 'open'],
		['={{ new Date("2026-11-25T01:00:00Z") }}', 'closed'],
		['2026-11-24T10:00', 'open'],
		['2026-11-24 10:00:00', 'open'],
		['24/11/2026 10:00', 'open'],
		['={{ 1795525200 }}', 'open'],
		['={{ "1795525200" }}', 'open'],
		['={{ 1795525200000 }}', 'open'],
	])('judges the moment %s, without an offset in the zone of the business (D-27)', async (dateTime, state) => {
		const [item] = (await run({ dateTime }, [{}])).flat();
		expect((item!.json as Json).businessHours.state).toBe(state);
	});

	it('judges now when no moment is given', async () => {
		const always = { schedule: 'allDay', brazilianHolidays: false };
		const outputs = await run({ ...always, dateTime: '={{ $json.nothing }}' }, [{ n: 1 }]);
		expect(placed(outputs, 'n')).toEqual([[1], [], []]);
	});

	it.each<[INodeParameters, string]>([
		[{ dateTime: 'ontem' }, '"Date and Time" is not a moment: "ontem".'],
		[{ schedule: '={{ "noite" }}' }, '"Schedule" has no option "noite".'],
		[{ schedule: 'custom' }, '"Weekly Hours" is empty.'],
		[
			{ schedule: 'custom', weeklyHours: { row: [{ days: ['mon'], from: '8:00', to: '25:00' }] } },
			'Weekly hours, row 1, "To": "25:00" is not a time of day.',
		],
		[{ timeZone: '={{ "Brasil" }}' }, 'Time zone "Brasil" does not exist.'],
		[{ state: '={{ "XX" }}' }, 'State "XX" does not exist in Brazil.'],
		[
			{ ownDates: { date: [{ date: '31/02', name: '', from: '', to: '' }] } },
			'Own dates, row 1: "31/02" is not a date.',
		],
	])('refuses %j naming the field (P-17)', async (parameters, message) => {
		await expect(run(parameters, [{}])).rejects.toMatchObject({ message, itemIndex: 0 });
	});

	it('lets one wrong item not stop its neighbours when On Error says continue', async () => {
		const outputs = await run(BY_ITEM, at(TUESDAY, 'ontem', TUESDAY_NIGHT), 'continueRegularOutput');
		expect(outputs.map((items) => items.map(({ json }) => json.error ?? json.sentAt))).toEqual([
			[TUESDAY, '"Date and Time" is not a moment: "ontem".'],
			[TUESDAY_NIGHT],
			[],
		]);
	});
});

describe('Business Hours: Get Next Opening', () => {
	it('adds the next opening on a single output', async () => {
		const outputs = await run({ operation: 'nextOpening', ...BY_ITEM }, at(TUESDAY, HOLIDAY));
		expect(outputs).toHaveLength(1);
		expect(outputs[0]!.map(({ json }) => (json as Json).businessHours)).toMatchObject([
			{ open: true, nextOpening: '2026-11-25T11:00:00.000Z', nextOpeningText: 'amanhã às 08:00' },
			{ open: false, nextOpening: '2026-11-23T11:00:00.000Z', nextOpeningText: 'segunda-feira às 08:00' },
		]);
	});
});

describe('Business Hours: Add Business Days', () => {
	it('counts the days the business works, and keeps the fields (X-12)', async () => {
		const parameters = { operation: 'addBusinessDays', startDate: '={{ $json.due }}', days: '={{ $json.days }}' };
		const [out] = await run(parameters, [
			{ due: '2026-11-19', days: 1 },
			{ due: '2026-11-23', days: -1 },
			{ due: '2026-02-13T22:30:00-03:00', days: 1 },
		]);
		expect(out!.map(({ json }) => json)).toEqual([
			{
				due: '2026-11-19',
				days: 1,
				businessDays: { start: '2026-11-19', days: 1, date: '2026-11-23', calendar: 'holidays' },
			},
			{
				due: '2026-11-23',
				days: -1,
				businessDays: { start: '2026-11-23', days: -1, date: '2026-11-19', calendar: 'holidays' },
			},
			{
				due: '2026-02-13T22:30:00-03:00',
				days: 1,
				businessDays: { start: '2026-02-13', days: 1, date: '2026-02-16', calendar: 'holidays' },
			},
		]);
	});

	it('counts bank days: a bill due on Carnival Monday is payable on Wednesday (X-12)', async () => {
		const parameters = { operation: 'addBusinessDays', calendar: 'bank', startDate: '2026-02-16', days: 0 };
		const [out] = await run(parameters, [{}]);
		expect(out![0]!.json.businessDays).toMatchObject({ date: '2026-02-18' });
	});

	it('refuses what is no number of days, naming the field', async () => {
		const parameters = { operation: 'addBusinessDays', startDate: '2026-02-16', days: 1.5 };
		await expect(run(parameters, [{}])).rejects.toMatchObject({ message: '1.5 is not a number of days.' });
	});
});
