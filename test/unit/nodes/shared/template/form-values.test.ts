import type { IDataObject } from 'n8n-workflow';
import { formValues } from '../../../../../nodes/shared/template/form-values';
import { REMINDER, withHeader } from './templates';

const AUTO = { mappingMode: 'autoMapInputData', value: null };
const auto = (json: IDataObject, template = REMINDER) => formValues(template, AUTO, json);

describe('values of a template filled in by hand', () => {
	it('are texts, whatever an expression gave', () => {
		const mapped = { mappingMode: 'defineBelow', value: { 'body.1': 'Ana', 'body.2': 10, 'button.1': null } };
		expect(formValues(REMINDER, mapped, { '1': 'Bruno' })).toEqual({
			ok: true,
			values: { 'body.1': 'Ana', 'body.2': '10', 'button.1': '' },
		});
	});

	it.each([
		[['a'], 'uma lista'],
		[{ a: 1 }, 'um objeto'],
	])('%j is a result that says what to do, not an exception', (value, what) => {
		const mapped = { mappingMode: 'defineBelow', value: { 'body.1': value } };
		expect(formValues(REMINDER, mapped, {})).toEqual({
			ok: false,
			code: 'templateVariableInvalid',
			explanation: `O valor de body.1 do modelo "lembrete" é ${what}, e não um texto. Escolha um só campo na expressão.`,
		});
	});
});

describe('values of a template taken from the item by their names (C-31, C-33)', () => {
	it.each<[string, IDataObject, Record<string, string>]>([
		['wildcards as Cedrus writes them', { '1': 'Ana', '2': '10/03' }, { 'body.1': 'Ana', 'body.2': '10/03' }],
		['with braces', { '{{1}}': 'Ana', '{{2}}': '10/03' }, { 'body.1': 'Ana', 'body.2': '10/03' }],
		['in full', { 'header.1': '10/2026', 'body.1': 'Ana' }, { 'header.1': '10/2026', 'body.1': 'Ana' }],
		[
			'nested',
			{ header: { '1': 'x' }, body: { '1': 'Ana', '2': 3 } },
			{ 'header.1': 'x', 'body.1': 'Ana', 'body.2': '3' },
		],
		['a button by its label', { 'ver boleto': 'b/1', 'JA PAGUEI': 'pago' }, { 'button.0': 'pago', 'button.1': 'b/1' }],
		['a button by its key', { 'button.1': 'b/1' }, { 'button.1': 'b/1' }],
		['nothing that fits', { constructor: 'x', total: 3 }, {}],
	])('%s', (_, json, values) => {
		expect(auto(json)).toEqual({ ok: true, values });
	});

	it('takes named variables without regard to case and accents, and the usual file', () => {
		const template = withHeader({ type: 'image' });
		expect(auto({ Nome: 'Ana' }, template)).toEqual({
			ok: true,
			values: { 'body.nome': 'Ana', 'header.file': 'data' },
		});
		const json = { nome: 'Ana', 'header.file': 'https://example.com/a.png' };
		expect(auto(json, template)).toEqual({
			ok: true,
			values: { 'body.nome': 'Ana', 'header.file': 'https://example.com/a.png' },
		});
	});

	it('takes what the item itself does not have from its values, as the Dunning Planner gives them (X-04)', () => {
		expect(auto({ '1': 'Ana', values: { '1': 'Bruno', '2': '10/03', VerBoleto: 'b/1' } })).toEqual({
			ok: true,
			values: { 'body.1': 'Ana', 'body.2': '10/03', 'button.1': 'b/1' },
		});
	});

	it('takes them by name too when no form could be made', () => {
		for (const mapped of [undefined, null, { mappingMode: 'defineBelow', value: null }])
			expect(formValues(REMINDER, mapped, { '1': 'Ana' })).toEqual({ ok: true, values: { 'body.1': 'Ana' } });
	});
});
