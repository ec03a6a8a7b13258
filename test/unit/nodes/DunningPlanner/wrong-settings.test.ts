import { NodeRunFailed } from '../../../support/run-node';
import { owed, plan, startHere } from './support';

startHere();

describe('Dunning Planner: what is wrong in its settings', () => {
	it.each([
		['not json', '"Ladder (JSON)" is not valid JSON: Unexpected token \'o\' (line 1, column 2, after …n).'],
		[
			'[\n{"offset": 1, "template": "x"},\n]',
			'"Ladder (JSON)" is not valid JSON: Unexpected token \']\' (line 3, column 1, after …offset": 1, "template": "x"},).',
		],
		[
			'[{"dias": 1}\n{"dias": 2}]',
			'"Ladder (JSON)" is not valid JSON: Expected \',\' or \']\' after array element (line 2, column 1, after …[{"dias": 1}).',
		],
		[
			'[{"dias": 1}',
			'"Ladder (JSON)" is not valid JSON: Expected \',\' or \']\' after array element (line 1, column 13, after …[{"dias": 1}).',
		],
		['', '"Ladder (JSON)" is not valid JSON: Unexpected end of JSON input (line 1, column 1).'],
		['{"offset": 1}', '"Ladder (JSON)" is not a list of steps.'],
		['[3]', 'Ladder (JSON), step 1 is not an object.'],
		['[{"template": "x"}]', 'Ladder (JSON), step 1: "offset" (dias) is missing.'],
		['[{"offset": 1.5}]', 'Ladder (JSON), step 1: "offset" (dias) is 1.5.'],
		['[{"passo": "d+15", "dias": "quinze"}]', 'Ladder (JSON), step 1 ("d+15"): "dias" is "quinze".'],
		['[{"offset": 1, "unit": "weeks"}]', 'Ladder (JSON), step 1: "unit" (unidade) is "weeks".'],
		['[{"dias": 1, "unidade": "semanas"}]', 'Ladder (JSON), step 1: "unidade" is "semanas".'],
		['[{"dias": 1}]', 'Ladder, step 1 ("d+1") names no template.'],
	])('refuses the ladder %s by naming what is wrong as it was typed', async (ladderJson, message) => {
		await expect(plan([owed()], { ladderFrom: 'json', ladderJson })).rejects.toMatchObject({
			message,
			description: expect.stringMatching(/^(Use|Write|Name)/),
		});
	});

	it.each([
		[
			{ ladderFrom: 'json', ladderJson: '={{ $json.config.regua }}' },
			{ regua: [{ passo: 'd0', dias: 0, unidade: 'semanas' }] },
			'Ladder (JSON), step 1 ("d0"): "unidade" is "semanas".',
		],
		[
			{ ladderFrom: 'json', ladderJson: "={{ $('Input').first().json.config.regua.map((passo) => ({ ...passo })) }}" },
			{ regua: [{ passo: 'd0', dias: '?' }] },
			'Ladder (JSON), step 1 ("d0"): "dias" is "?". It comes from config.regua of the node "Input".',
		],
		[
			{ contactHours: 'custom', defaultHours: { row: [settled({ from: 'das', to: 'ate' })] } },
			{ das: '25h', ate: '18:00' },
			'Hours, row 1, "From": "25h" is not a time of day. It comes from config.das of the node "Input".',
		],
		[
			{ contactHours: 'custom', defaultHours: { row: [settled({ days: 'dias', from: 'das', to: 'ate' })] } },
			{ dias: ['mon', 'sexta'], das: '09:00', ate: '18:00' },
			'Hours, row 1: "sexta" is not a day. It comes from config.dias of the node "Input".',
		],
		[
			settled({ creditorDocument: 'cnpj' }),
			{ cnpj: ' ' },
			'"Creditor CNPJ or CPF" is empty. It comes from config.cnpj of the node "Input".',
		],
		[
			settled({ finePercent: 'multa' }),
			{ multa: 'dois' },
			'"Fine (%)" must be a number, but it is "dois". It comes from config.multa of the node "Input".',
		],
		[
			{ options: settled({ maxPerWeek: 'maximo' }) },
			{ maximo: 9 },
			'"Max Reminders per Week" is 9. It comes from config.maximo of the node "Input".',
		],
		[
			{ options: { referenceTime: "={{ $('Input').first().json.config.dia.slice(0, 10) + 'T25:00' }}" } },
			{ dia: '2026-11-24' },
			'"Reference Time" is not a moment: "2026-11-24T25:00". It comes from config.dia of the node "Input".',
		],
	])(
		'names the field as the editor shows it, and where its value was typed: %j',
		async (parameters, config, message) => {
			const failed = await plan([owed({ config } as never)], parameters as never).catch((error: unknown) => error);
			expect(failed).toBeInstanceOf(NodeRunFailed);
			expect((failed as NodeRunFailed).message).toBe(message);
		},
	);
});

/** Fields that read a settings node. */
function settled<T extends Record<string, string>>(names: T): T {
	const expression = (name: string) => `={{ $('Input').first().json.config.${name} }}`;
	return Object.fromEntries(Object.entries(names).map(([field, name]) => [field, expression(name)])) as T;
}
