import { compileFunction } from 'node:vm';
import { DateTime } from 'luxon';
import regua from '../../../workflows/30-regua-de-cobranca.json';
import { messageValues, type SendNow } from '../../../engine/dunning/message-values';
import { templateJson } from '../../../nodes/WhatsAppDesk/template/template-json';
import type { Template } from '../../../engine/model-template';
import { aReceivable, CREDITOR, only } from '../../support/dunning';

// What the rehearsal of the payment ladder says about its templates and its settings; the code is the workflow's own.

type Json = Record<string, any>;

const codeOf = (node: string) => regua.nodes.find(({ name }) => name === node)!.parameters.jsCode as string;
const settings = (regua.nodes as Json[]).find(({ name }) => name === 'Configuração')!.parameters.assignments
	.assignments as Json[];

/** The settings node's output: config.textos.x nested, as n8n makes it. */
function configuration(changed: Json = {}): Json {
	const config: Json = {};
	for (const { name, value } of settings) {
		const path = (name as string).split('.').slice(1);
		if (path.length === 1) config[path[0]!] = value;
	}
	return { ...config, ...changed };
}

function runCode(node: string, input: Json[], outputs: Record<string, Json[][]>): Json {
	const of = (items: Json[]) => items.map((json) => ({ json }));
	const $ = (name: string) => ({
		first: () => ({ json: outputs[name]![0]![0]! }),
		all: (output = 0) => of(outputs[name]![output] ?? []),
	});
	const $input = { all: () => of(input), first: () => of(input)[0] };
	const run = compileFunction(codeOf(node), ['$', '$input', 'DateTime']);
	const [item] = run($, $input, DateTime) as Array<{ json: Json }>;
	return item!.json;
}

/** Row of each step by its template, and what stands above the tables. */
function check(templates: Json[], config: Json = {}): { lines: Record<string, Json>; notices: string[] } {
	const { linhas, avisos } = runCode('Conferir os modelos', templates, {
		Configuração: [[{ config: configuration(config) }]],
	});
	return {
		lines: Object.fromEntries((linhas as Json[]).map((each) => [each.passo, each])),
		notices: avisos as string[],
	};
}

function aTemplate(given: Partial<Template> = {}): Json {
	const template: Template = {
		id: '1',
		name: 'regua_lembrete',
		language: 'pt_BR',
		category: 'utility',
		status: 'approved',
		quality: 'unknown',
		reason: null,
		parameterFormat: 'named',
		header: null,
		body: { text: 'Olá, {{nome}}.', variables: [{ name: 'nome', example: 'Ana' }] },
		footer: null,
		buttons: [],
		...given,
	};
	return { ...templateJson(template), readAt: '2026-03-10T13:00:00.000Z', notRefreshed: null };
}

const reminder = (given: Partial<Template>) => check([aTemplate(given)]).lines.Lembrete;

describe('the rehearsal, about each template of the ladder', () => {
	it('shows template, language and day of each step, and what the number has', () => {
		const { lines, notices } = check([aTemplate()]);
		expect(lines.Lembrete).toEqual({
			...{ passo: 'Lembrete', segmento: '', quando: '3 dias antes', modelo: 'regua_lembrete (pt_BR)' },
			...{ situacao: 'aprovado', problemas: [] },
		});
		expect(lines['Em aberto']).toMatchObject({
			quando: '2 dias úteis depois',
			modelo: 'regua_em_aberto (pt_BR)',
			situacao: 'não existe',
			problemas: ['crie-o (Criar os modelos) ou corrija o nome em Configuração'],
		});
		expect(lines['Vence hoje']!.quando).toBe('no vencimento');
		expect(lines['Com uma pessoa']).toMatchObject({ modelo: '–', situacao: 'uma pessoa cuida', problemas: [] });
		expect(lines['Promessa vencida']).toMatchObject({
			modelo: 'regua_promessa_vencida (pt_BR)',
			situacao: 'não existe',
		});
		expect(notices).toEqual(['6 modelos precisam de atenção antes de enviar: veja a tabela Modelos.']);
	});

	it.each<[string, Partial<Template>, string, string[]]>([
		['waits for Meta (C-26)', { status: 'pending' }, 'em análise pela Meta', ['só modelos aprovados saem']],
		[
			'was rejected, with the reason (C-26)',
			{ status: 'rejected', reason: 'INVALID_FORMAT' },
			'recusado pela Meta',
			['só modelos aprovados saem; motivo: INVALID_FORMAT'],
		],
		[
			'is only there in another language',
			{ language: 'en_US' },
			'não existe',
			['só existe em en_US, e a régua envia em pt_BR'],
		],
		[
			'has variables nobody fills (D-20)',
			{
				body: {
					text: '{{1}} {{desconto}}',
					variables: [
						{ name: '1', example: 'a' },
						{ name: 'desconto', example: 'b' },
					],
				},
			},
			'aprovado',
			['a régua não sabe preencher {{1}}, {{desconto}}'],
		],
		[
			'has a button that takes a value (D-20)',
			{
				buttons: [
					{ type: 'url', text: 'Pagar', url: 'https://x.example/{{1}}', variable: { name: '1', example: 'a' } },
				],
			},
			'aprovado',
			['a régua não sabe preencher o botão "Pagar"'],
		],
		[
			'wants a picture',
			{ header: { type: 'image' } },
			'aprovado',
			['o cabeçalho pede uma imagem, que a régua não manda'],
		],
		[
			'wants a file the step does not make',
			{ header: { type: 'document' } },
			'aprovado',
			['o cabeçalho pede um documento: escreva "documento": true no passo'],
		],
		[
			'has parts nobody can send from here',
			{ unsupported: ['carousel'] },
			'aprovado',
			['tem uma parte que não se envia daqui: carousel'],
		],
	])('warns of one that %s', (_what, given, situacao, problemas) => {
		expect(reminder(given)).toMatchObject({ situacao, problemas });
	});

	it('warns of a statement that has no place in its template (C-01)', () => {
		const { lines } = check([aTemplate({ name: 'regua_demonstrativo' })]);
		expect(lines.Demonstrativo!.problemas).toEqual([
			'o passo tem "documento": true, e o modelo não tem cabeçalho de documento: o PDF não vai',
		]);
	});

	it('lets the promised date stand only where there is a promise', () => {
		const body = { text: '{{data_promessa}}', variables: [{ name: 'data_promessa', example: '27/03' }] };
		expect(reminder({ body })!.problemas).toEqual(['a régua não sabe preencher {{data_promessa}}']);
		const { lines } = check([aTemplate({ name: 'regua_promessa_vencida', body })]);
		expect(lines['Promessa vencida']).toMatchObject({ situacao: 'aprovado', problemas: [] });
	});

	it('knows every value the planner fills in, except those of several lines', () => {
		const values = messageValues(only({ receivables: [aReceivable()] }) as SendNow, CREDITOR);
		const variables = Object.keys(values).map((name) => ({ name, example: 'x' }));
		expect(reminder({ body: { text: '', variables } })!.problemas).toEqual(['a régua não sabe preencher {{lista}}']);
	});

	it('goes on when the templates cannot be listed, and says what to choose where', () => {
		const { lines, notices } = check([{ error: 'Node does not have any credentials set', details: 'Pick one.' }]);
		expect(notices).toEqual([
			'Os modelos não puderam ser conferidos. Escolha a credencial WhatsApp Cloud API no nó Modelos do número e veja se a Meta responde. (Node does not have any credentials set Pick one.)',
		]);
		expect(lines.Lembrete).toMatchObject({
			modelo: 'regua_lembrete (pt_BR)',
			situacao: 'não conferido',
			problemas: [],
		});
	});

	it('says how old the list is when Meta did not answer', () => {
		const old = { ...aTemplate(), notRefreshed: 'A Meta não respondeu.' };
		expect(check([old]).notices[0]).toBe('A lista de modelos é de 10/03/2026 10:00: A Meta não respondeu.');
	});

	it('reads a ladder with English names too, and names the step that says no template', () => {
		const ladder = [
			{ key: 'd+1', name: 'First', offset: 1, unit: 'bankDays', template: 'regua_lembrete', segments: 'novo' },
			{ passo: 'd+9', dias: 9 },
			{ passo: 'd+10', dias: 10, acao: 'texto', texto: 'Olá' },
		];
		const { lines } = check([aTemplate()], { regua: JSON.stringify(ladder) });
		expect(lines.First).toMatchObject({ quando: '1 dia útil depois', segmento: 'novo', situacao: 'aprovado' });
		expect(lines['d+9']).toMatchObject({ problemas: ['o passo não diz qual modelo usar'] });
		expect(lines['d+10']).toMatchObject({ situacao: 'texto', problemas: ['este fluxo só envia modelos'] });
	});
});

describe('the page of the rehearsal', () => {
	const page = (
		config: Json,
		decisions: Json[][] = [[], [], [], []],
		checked: Json = { linhas: [], avisos: [] },
		hora = '10:00',
	) =>
		runCode('Montar a tabela', [checked], {
			Ensaiar: [[{ dia: '2026-03-10', hora }]],
			Configuração: [[{ config: configuration({ telefoneDaEquipe: '11 90000-0009', ...config }) }]],
			'Régua (ensaio)': decisions,
		}) as { titulo: string; corpo: string };

	it.each([
		['10:00', '10:00'],
		['9:5', '09:05'],
		['10h', '10:00'],
		['10h30', '10:30'],
		[' 8 ', '08:00'],
		['23:59', '23:59'],
		['25h', '10:00'],
		['cedo', '10:00'],
		['', '10:00'],
	])('reads the hour %j as %s, for the planner and in its title', (hora, read) => {
		const planner = (regua.nodes as Json[]).find(({ name }) => name === 'Régua (ensaio)')!.parameters;
		const [, expression] = /^=\{\{(.+)\}\}$/.exec(planner.options.referenceTime as string)!;
		const $ = () => ({ first: () => ({ json: { dia: '2026-03-10', hora } }) });
		expect(compileFunction(`return ${expression}`, ['$'])($)).toBe(`2026-03-10T${read}`);
		expect(page({}, undefined, undefined, hora).titulo).toBe(`10/03/2026, ${read}`);
	});

	it('says nothing about hours and phone that are as shipped', () => {
		expect(page({}).corpo).not.toContain('⚠️');
	});

	it('says that the contact hours are not the usual ones, and which they are', () => {
		const open = { diasDeContato: 'seg, ter, qua, qui, sex, sáb, dom', das: '00:00', ate: '24:00' };
		expect(page(open).corpo).toContain(
			'⚠️ O horário de contato não é o padrão (seg a sex, das 09:00 às 18:00). Este ensaio usa o de Configuração: seg, ter, qua, qui, sex, sáb, dom, das 00:00 às 24:00.',
		);
	});

	it('says that nobody of the team is told without a phone, and where to write it', () => {
		expect(page({ telefoneDaEquipe: ' ' }).corpo).toContain('⚠️ Falta o telefone da equipe');
	});

	it('sends whoever broke the ladder to its field', () => {
		const error = {
			error: '"Ladder (JSON)" is not valid JSON: Unexpected token \']\' (line 9, column 1).',
			details: 'Write it as…',
		};
		const { titulo, corpo } = page({}, [[], [], [error], []]);
		expect(titulo).toBe('A régua não pôde ser ensaiada');
		expect(corpo).toContain('Confira <strong>config.regua</strong> no nó Configuração');
		expect(corpo).toContain('(line 9, column 1)');
	});

	it('lets nothing of a template or a setting become HTML', () => {
		const row = {
			passo: '<b>x</b>',
			segmento: '',
			quando: 'hoje',
			modelo: '{{ $json }}',
			situacao: 'aprovado',
			problemas: ['<i>'],
		};
		const { corpo } = page({ das: '<script>' }, undefined, { linhas: [row], avisos: ['<u>'] });
		expect(corpo).not.toMatch(/<(b|i|u|script)>|\{\{/);
	});
});
