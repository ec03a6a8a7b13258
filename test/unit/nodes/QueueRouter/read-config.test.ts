import type { IDataObject, INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { compileTriageConfig, DEFAULT_TEXTS } from '../../../../engine';
import { getFallbackRows, getRows } from '../../../../nodes/QueueRouter/load-rows';
import { optionsField } from '../../../../nodes/QueueRouter/options.fields';
import { QueueRouter } from '../../../../nodes/QueueRouter/QueueRouter.node';
import { configReader, toInput } from '../../../../nodes/QueueRouter/read-config';

const ROW = { number: 1, name: 'suporte' };
const compile = (parameters: IDataObject) => compileTriageConfig(toInput({ queues: { queue: [ROW] }, ...parameters }));

/** What n8n stores when every field is added and left as it is. */
function untouched(fields: INodeProperties[]): IDataObject {
	return Object.fromEntries(
		fields.map((field) => {
			if (field.type !== 'fixedCollection') return [field.name, field.default];
			const groups = field.options as INodePropertyCollection[];
			return [field.name, Object.fromEntries(groups.map(({ name, values }) => [name, untouched(values)]))];
		}),
	) as IDataObject;
}

describe('Queue Router: fields', () => {
	it('an option that was added and not changed means what it means without it', () => {
		const options = untouched(optionsField.options as INodeProperties[]);
		// null and 0 both switch the reminder off.
		const { timeout, ...rest } = compile({ options });
		const { timeout: engines, ...bare } = compileTriageConfig({ rows: [ROW] });
		expect(rest).toEqual(bare);
		expect({ ...timeout, reminderAfterMinutes: null }).toEqual(engines);
	});

	it('has every text with the engine’s own words (P-22, B-53, B-55, B-59, B-61, B-63, M-07…M-09, C-06, C-07)', () => {
		const { properties } = new QueueRouter().description;
		const more = properties.find(({ name }) => name === 'moreTexts')!.options as INodeProperties[];
		const texts = [...properties, ...more].filter(({ name }) => name in DEFAULT_TEXTS);
		expect(Object.fromEntries(texts.map((field) => [field.name, field.default]))).toEqual(DEFAULT_TEXTS);
	});

	it('begins without queues (B-50)', () => {
		const queues = new QueueRouter().description.properties.find(({ name }) => name === 'queues')!;
		expect(queues.default).toEqual({});
		expect(queues.typeOptions).toMatchObject({ multipleValues: true, sortable: true });
	});
});

describe('Queue Router: one triage for many items', () => {
	/** Reads 50 items; `parameters` as stored, `valueOf` what n8n makes of them for an item. */
	function read50(queues: unknown, valueOf: (index: number) => unknown) {
		let reads = 0;
		const context = { getNode: () => ({ parameters: { queues } }) };
		const configOf = configReader(context as never, (name, index) => {
			reads++;
			return name === 'queues' ? valueOf(index) : null;
		});
		const triages = new Set(Array.from({ length: 50 }, (_, index) => configOf(index)));
		return { triages: triages.size, fieldsRead: reads };
	}
	const PARAMETERS = 12;
	const queuesOf = (available: unknown) => ({ queue: [{ ...ROW, available }] });

	it('is read and compiled once without expressions', () => {
		expect(read50(queuesOf(true), () => queuesOf(true))).toEqual({ triages: 1, fieldsRead: PARAMETERS });
	});

	it('is compiled once for every different value of an expression', () => {
		const stored = queuesOf('={{ $json.onDuty }}');
		expect(read50(stored, (index) => queuesOf(index % 2 === 0))).toEqual({ triages: 2, fieldsRead: 50 * PARAMETERS });
	});
});

describe('Queue Router: reading the fields', () => {
	it('takes what expressions give: digits as text, counts of people, lists', () => {
		const queue = [
			{ number: '7', name: 7, displayName: null, active: 'true', available: 0, aliases: 'boleto, 2ª via;nota' },
		];
		expect(compile({ queues: { queue } }).rows).toEqual([
			expect.objectContaining({
				number: 7,
				name: '7',
				displayName: '7',
				active: true,
				available: false,
				aliases: ['boleto', '2ª via', 'nota'],
			}),
		]);
	});

	it('reads every option', () => {
		const config = compile({
			options: {
				listPlacement: 'separate',
				menuStyle: 'text',
				menuButtonLabel: 'Opções',
				assistant: false,
				singleQueueSkipsMenu: true,
				maxAttempts: 5,
				fallbackQueue: 'suporte',
				menuTimeout: { limits: { reminderAfterMinutes: 10, giveUpAfterMinutes: 20, then: 'fallback' } },
				reservedWords: { words: { menu: 'recomeçar', human: '' } },
				menuWhileQueued: false,
				outsideHours: 'menu',
				burstSeconds: 0,
				graceMinutes: 0,
				inactivityHours: 24,
				startMode: 'draft',
				botPauseMinutes: 5,
				botPauseCapMinutes: 50,
				loopGuard: { limits: { maxBotMessages: 3, perMinutes: 1, maxSameText: 2, maxFastReplies: 4, pauseMinutes: 9 } },
			},
		});
		expect(config).toMatchObject({
			listPlacement: 'separate',
			menuStyle: 'text',
			menuButtonLabel: 'Opções',
			assistant: false,
			singleQueueSkipsMenu: true,
			maxAttempts: 5,
			fallback: 'queue:suporte',
			timeout: { reminderAfterMinutes: 10, giveUpAfterMinutes: 20, then: 'fallback' },
			reservedWords: { menu: ['recomeçar'] },
			menuWhileQueued: false,
			outsideHours: 'menu',
			burstSeconds: 0,
			graceMinutes: 0,
			inactivityHours: 24,
			startMode: 'draft',
			botPauseMinutes: 5,
			botPauseCapMinutes: 50,
			loopGuard: { maxBotMessages: 3, perMinutes: 1, maxSameText: 2, maxFastReplies: 4, pauseMinutes: 9 },
		});
	});

	it('emptied words mean that there are none', () => {
		const { reserved } = compile({ options: { reservedWords: { words: { menu: 'menu', human: '' } } } });
		expect([...reserved.human]).toEqual([]);
	});

	it('keeps texts of a queue and message rules apart from the general ones (P-23, P-24)', () => {
		const { table } = compile({
			queues: { queue: [{ ...ROW, texts: { transfer: 'Chamando o suporte' } }] },
			start: 'Olá!',
			moreTexts: { joinQueue: '' },
			messageRules: { rule: [{ title: 'noite', type: 'away', when: 'outside', queues: 'suporte', text: 'Amanhã!' }] },
		});
		expect(table).toEqual({
			base: { start: 'Olá!' },
			special: {
				'transfer/inside/suporte': 'Chamando o suporte',
				'transfer/outside/suporte': 'Chamando o suporte',
				'away/outside/suporte': 'Amanhã!',
			},
		});
	});

	it('offers its own rows in its dropdowns', async () => {
		const queue = [
			{ number: 1, name: 'comercial', displayName: 'Vendas' },
			{ name: 'boleto', action: 'selfService' },
			{ number: 3, name: '={{ $json.x }}' },
			{ number: 4, name: '' },
		];
		const context = { getCurrentNodeParameter: (name: string) => (name === 'queues' ? { queue } : undefined) };
		expect(await getRows.call(context as never)).toEqual([
			{ name: '1 · Vendas', value: 'comercial' },
			{ name: '1 · boleto', value: 'boleto' },
		]);
		expect((await getFallbackRows.call(context as never)).map(({ value }) => value)).toEqual(['', 'comercial']);
	});
});
