import { compileTriageConfig } from '../../../../engine/conversation/config';
import { parseTriageConfig } from '../../../../engine/conversation/config-checks';
import { ConfigurationError } from '../../../../engine/errors';
import { aConfig, ROWS } from './support';

function errorOf(raw: unknown): ConfigurationError {
	try {
		parseTriageConfig(raw);
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigurationError);
		return error as ConfigurationError;
	}
	throw new Error('The settings were accepted.');
}

describe('settings that are refused name the row or field', () => {
	it.each([
		[
			'a repeated number (B-40)',
			{ rows: [...ROWS, { number: 2, name: 'novo' }] },
			'rows[3].number',
			'Queue row 4 ("novo") has number 2, already used by Queue row 2 ("suporte").',
		],
		[
			'a repeated internal name',
			{ rows: [...ROWS, { number: 4, name: 'Suporte' }] },
			'rows[3].name',
			'Queue row 4 ("Suporte") has the internal name of Queue row 2 ("suporte").',
		],
		[
			'no row at all (B-50)',
			{ rows: [] },
			'rows',
			'No queue is configured, so there is nothing to offer to the customer.',
		],
		[
			'no active row (B-50)',
			{ rows: [{ number: 1, name: 'a', active: false }] },
			'rows',
			'None of the 1 queue rows is active ("a").',
		],
		['an empty name', { rows: [{ number: 1, name: '  ' }] }, 'rows[0].name', undefined],
		['a number that is none', { rows: [{ number: 1.5, name: 'a' }] }, 'rows[0].number', undefined],
		[
			'an empty welcome (B-54)',
			{ rows: ROWS, texts: { welcome: '' } },
			'texts.welcome',
			'The text "Mensagem de Boas Vindas" is empty.',
		],
		[
			'an empty menu phrase (B-55)',
			{ rows: ROWS, texts: { chooseQueue: ' \n' } },
			'texts.chooseQueue',
			'The text "Mensagem Escolher Fila" is empty.',
		],
		[
			'an empty invalid text (B-59)',
			{ rows: ROWS, texts: { invalidOption: '' } },
			'texts.invalidOption',
			'The text "Mensagem Opção Inválida" is empty.',
		],
		[
			'an empty transfer text (B-61)',
			{ rows: ROWS, texts: { transfer: '' } },
			'texts.transfer',
			'The text "Mensagem de Transferência" is empty.',
		],
		['an unknown fallback', { rows: ROWS, fallback: 'suporte' }, 'fallback', 'The fallback "suporte" is not known.'],
		['a fallback queue that does not exist', { rows: ROWS, fallback: 'queue:vendas' }, 'fallback', undefined],
		[
			'a timeout to a fallback queue that is not set',
			{ rows: ROWS, timeout: { then: 'fallback' } },
			'fallback',
			undefined,
		],
		['an assistant that is off with nowhere to go (C-19)', { rows: ROWS, assistant: false }, 'fallback', undefined],
		['something that is no settings', null, '', undefined],
	])('%s', (_, raw, field, message) => {
		const error = errorOf(raw);
		expect(error.field).toBe(field);
		if (message) expect(error.message).toBe(message);
	});

	it('a wrong value in a row says which row', () => {
		expect(errorOf({ rows: [ROWS[0], { number: 'x', name: 'suporte' }] }).message).toMatch(
			/^Queue row 2 \("suporte"\): number is wrong/,
		);
	});
});

describe('settings that are accepted', () => {
	it('need nothing but one row', () => {
		const config = parseTriageConfig({ rows: [{ number: 1, name: 'geral' }] });
		expect(config).toMatchObject({
			maxAttempts: 3,
			listPlacement: 'same',
			menuStyle: 'auto',
			assistant: true,
			fallback: 'output',
			graceMinutes: 30,
		});
		expect(config.rows[0]).toMatchObject({ displayName: 'geral', active: true, action: 'queue', available: true });
	});

	it('let optional texts be emptied on purpose (B-63, B-68)', () => {
		expect(() =>
			parseTriageConfig({ rows: ROWS, texts: { closingByAgent: '', closingByBot: '', start: '' } }),
		).not.toThrow();
	});

	it('offer the active rows in number order (B-49, C-14, M-13)', () => {
		const config = aConfig({
			rows: [
				{ number: 9, name: 'z' },
				{ number: 1, name: 'a', active: false },
				{ number: 3, name: 'm' },
			],
		});
		expect(config.offered.map((r) => r.name)).toEqual(['m', 'z']);
	});

	it('warn that customers stay unidentified with the assistant off (C-20)', () => {
		expect(aConfig({ assistant: false, fallback: 'queue:suporte' }).warnings).toHaveLength(1);
		expect(aConfig().warnings).toEqual([]);
	});

	it('warn about variables nobody knows and names shown twice (M-14)', () => {
		const rows = [...ROWS, { number: 4, name: 'outro', displayName: 'COMERCIAL' }];
		const { warnings } = aConfig({ rows, texts: { welcome: 'Oi {{nome}} {{cpff}}' } });
		expect(warnings).toHaveLength(2);
		expect(warnings[1]).toContain('{{cpff}}');
	});

	it('carry only what differs from the defaults', () => {
		const { settings } = compileTriageConfig({ rows: ROWS, texts: { start: 'Oi!', welcome: 'Olá!' } });
		expect(settings.texts).toEqual({ base: { start: 'Oi!' }, special: {} });
		expect(settings.company).toBe('nossa empresa');
	});
});
