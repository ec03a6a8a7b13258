import { DateTime } from 'luxon';
import workflow from '../../../workflows/13-whatsapp-qr.json';

type Json = Record<string, unknown>;

/** Runs a Code node of the workflow for items with this data. */
function code(name: string, ...items: Json[]): Json[] {
	const { jsCode } = workflow.nodes.find((node) => node.name === name)!.parameters as { jsCode: string };
	const run = new Function('$input', '$now', jsCode) as (input: object, now: DateTime) => Array<{ json: Json }>;
	const input = { all: () => items.map((json) => ({ json })) };
	return run(input, DateTime.fromISO('2026-03-10T12:00:00Z')).map(({ json }) => json);
}

const CHANNEL = 'linkedDevice:atendimento';
const event = (name: string, more: Json = {}): Json => ({
	...{ event: name, text: 'O que houve.', channelId: CHANNEL, eventId: `id-${name}`, data: {} },
	...more,
});

describe('13 · WhatsApp por QR Code', () => {
	it('tells each outage once: its reason, or the outage itself when it has none (B-81, D-11)', () => {
		const told = code(
			'Escrever o aviso',
			event('linkedDeviceLoggedOut'),
			event('channelDown', { data: { code: 'loggedOut' } }),
			event('channelDown', { data: { code: 'unreachable' }, eventId: 'fora' }),
			event('channelUp', { text: 'Voltou\n agora.' }),
			event('channelDown', { channelId: 'cloudApi:1', data: { code: '190' } }),
		);
		expect(told).toEqual([
			{ texto: '🔴 WhatsApp atendimento: O que houve.', chave: 'id-linkedDeviceLoggedOut' },
			{ texto: '🔴 WhatsApp atendimento: O que houve.', chave: 'fora' },
			{ texto: '🟢 WhatsApp atendimento: Voltou agora.', chave: 'id-channelUp' },
		]);
	});

	const status = (more: Json): Json => ({
		...{ id: CHANNEL, ok: true, phone: '+55 11 98765-4321', sessionName: 'atendimento', name: 'Oficina Aurora' },
		...{ state: 'connected', explanation: null, ageDays: 3, problems: [] },
		...more,
	});

	it.each<[string, Json, string[]]>([
		['is silent while all is well', {}, []],
		['is silent when it was switched off on purpose', { ok: false, state: 'inactive', ageDays: null }, []],
		[
			'reminds of a link of 15 days (C-09)',
			{ ageDays: 15 },
			[
				'🔁 WhatsApp atendimento, +55 11 98765-4321: conectado há 15 dias. Desative e leia um novo QR Code na página de ativação.',
			],
		],
		[
			'reminds of a number that stays down (B-81)',
			{ ok: false, state: 'stopped', explanation: 'Leia um novo código.' },
			['🔴 WhatsApp atendimento, +55 11 98765-4321: continua sem conexão. Leia um novo código.'],
		],
	])('once a day: %s', (_what, more, texts) => {
		const told = code('Escrever o lembrete', status(more));
		expect(told.map(({ texto }) => texto)).toEqual(texts);
		expect(told.every(({ chave }) => chave === `diario|${CHANNEL}|2026-03-10`)).toBe(true);
	});

	it('shows how the number stands, and nothing of it as markup', () => {
		expect(code('Escrever a situação', status({ name: '<b>Aurora</b>' }))).toEqual([
			{
				titulo: '🟢 Conectado',
				corpo:
					'&#60;b&#62;Aurora&#60;/b&#62;, +55 11 98765-4321<br><br>Situação: conectado.<br><br>Conectado há 3 dias.',
			},
		]);
		const down = status({ ok: false, state: 'stopped', explanation: 'Ative de novo.', ageDays: null });
		expect(code('Escrever a situação', down)[0]).toMatchObject({
			titulo: '🔴 Não está conectado',
			corpo: expect.stringContaining('Situação: parado.<br><br>Ative de novo.'),
		});
		const unlinked = status({ ok: false, state: 'inactive', name: null, phone: null, ageDays: null });
		expect(code('Escrever a situação', unlinked)[0]!.corpo).toBe(
			'Situação: desativado.<br><br>Abra a página de ativação, digite o número e clique em Ativar.',
		);
	});
});
