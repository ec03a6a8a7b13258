import { describeName, isReference, readGivenNames, readName, shownName } from '../../../../engine/contact/given-names';
import { ConfigurationError } from '../../../../engine/errors';

const CPF = '52998224725';
const CNPJ = '11222333000181';

describe('the names a company has for a person', () => {
	it('are ERP ids of any system, and a document without punctuation (D7)', () => {
		expect(
			readGivenNames({
				erpIds: ['omie:6289226831', ' erp:Bling:12 ', 'odoo:res.partner:7', 'omie:6289226831', ''],
				document: '529.982.247-25',
			}),
		).toEqual({
			names: [
				{ kind: 'erp', value: 'omie:6289226831' },
				{ kind: 'erp', value: 'bling:12' },
				{ kind: 'erp', value: 'odoo:res.partner:7' },
				{ kind: 'document', value: CPF },
			],
			warnings: [],
		});
		expect(readGivenNames({ document: ' ' })).toEqual({ names: [], warnings: [] });
	});

	it('keep the letters of a CNPJ', () => {
		expect(readGivenNames({ document: '12.abc.345/01de-35' }).names).toEqual([
			{ kind: 'document', value: '12ABC34501DE35' },
		]);
	});

	it('leave out, with a reason, what names nobody or anybody', () => {
		const nobody = ['omie:', 'omie:0', 'omie:null', 'omie:undefined', 'omie:[object Object]'];
		const { names, warnings } = readGivenNames({ erpIds: nobody, document: '111.111.111-11' });
		expect(names).toEqual([]);
		expect(warnings).toHaveLength(6);
		expect(warnings[1]).toBe('O ID "omie:0" não diz de quem é e não foi guardado.');
		expect(warnings[5]).toMatch(/^CPF\/CNPJ não guardado: Este CPF não existe/);
	});

	it('need the system of an ERP id', () => {
		expect(() => readGivenNames({ erpIds: ['6289226831'] })).toThrow(ConfigurationError);
		expect(() => readGivenNames({ erpIds: ['6289226831'] })).toThrow(
			'The ERP ID "6289226831" does not say which system it belongs to.',
		);
	});
});

describe('a text that says whom it means', () => {
	it.each([
		['erp:omie:628', { kind: 'erp', value: 'omie:628' }, true],
		['Omie:628', { kind: 'erp', value: 'omie:628' }, false],
		// As long as a CNPJ once the colon is gone.
		['omie:1234567890', { kind: 'erp', value: 'omie:1234567890' }, false],
		[`document:${CPF}`, { kind: 'document', value: CPF }, true],
		['CPF 529.982.247-25', { kind: 'document', value: CPF }, true],
		['CNPJ: 11.222.333/0001-81', { kind: 'document', value: CNPJ }, true],
		['529.982.247-25', { kind: 'document', value: CPF }, true],
		['12.ABC.345/01DE-35', { kind: 'document', value: '12ABC34501DE35' }, true],
		['12abc34501de35', { kind: 'document', value: '12ABC34501DE35' }, true],
		// May be a phone as well.
		[CPF, { kind: 'document', value: CPF }, false],
	])('%s', (text, address, surely) => {
		expect(readName(text)).toEqual({ address, surely });
		expect(isReference(text)).toBe(surely);
	});

	it.each(['+55 11 98765-4321', '11987654321', 'Ana', '', 'CPF 123'])('is not "%s"', (text) => {
		expect(readName(text)).toBeNull();
	});

	it('is a reference, not a phone, even when nobody has it', () => {
		expect(['cnt_x', 'erp:', 'cpf 1', '11987654321', 'Ana'].map(isReference)).toEqual([true, true, true, false, false]);
	});
});

it('shows documents masked, also where they are not valid (LGPD)', () => {
	expect(shownName({ kind: 'document', value: CPF })).toBe('***.982.247-**');
	expect(shownName({ kind: 'document', value: CNPJ })).toBe('**.222.333/0001-**');
	expect(shownName({ kind: 'document', value: '12345678900' })).toBe('*******8900');
	expect(shownName({ kind: 'erp', value: 'omie:1' })).toBe('omie:1');
	expect(describeName({ kind: 'document', value: CNPJ })).toBe('CNPJ **.222.333/0001-**');
	expect(describeName({ kind: 'erp', value: 'omie:1' })).toBe('ID omie:1');
});
