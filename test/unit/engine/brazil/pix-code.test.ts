import { getPixPayloadInfo } from '@brazilian-utils/brazilian-utils';
import { readPixCode, type PixCode } from '../../../../engine/brazil/pix-code';
import { crc16, emvObject, withCrc } from '../../../../engine/brazil/pix-emv';
import { BROKEN_PIX_CODES, PIX_CODES } from './pix-vectors';

const FIXED = {
	ok: true,
	errors: [],
	recurrenceUrl: null,
	singleUse: false,
	url: null,
	txid: null,
	description: null,
	withdrawalProvider: null,
};

describe('reading a Pix code (X-12)', () => {
	it('checks by CRC-16/CCITT-FALSE', () => {
		expect(crc16(Buffer.from('123456789'))).toBe('29B1');
	});

	const readings: Array<[keyof typeof PIX_CODES, Partial<PixCode>]> = [
		[
			'X1',
			{
				kind: 'static',
				key: '123e4567-e12b-12d1-a456-426655440000',
				keyKind: 'random',
				amountCents: null,
				name: 'Fulano de Tal',
				city: 'BRASILIA',
			},
		],
		[
			'X2',
			{
				kind: 'static',
				key: 'thalesog@me.com',
				keyKind: 'email',
				amountCents: 1000,
				name: 'THALES OGLIARI',
				city: 'SAO MIGUEL DO O',
				description: 'Pedido 123',
			},
		],
		[
			'X3',
			{
				kind: 'dynamic',
				key: null,
				keyKind: null,
				url: 'payload.psp.com/3ec9d2f9-5f03-4e0e-820d-63a81e769e87',
				singleUse: true,
				amountCents: null,
				name: 'THALES OGLIARI',
				city: 'SAO MIGUEL DO O',
			},
		],
		[
			'X4',
			{
				kind: 'automatic',
				key: null,
				keyKind: null,
				recurrenceUrl: 'pix.example.com/qr/v2/rec/2353c790eefb11eaadc10242ac120002',
				amountCents: null,
				name: 'Fulano de Tal',
				city: 'BRASILIA',
			},
		],
		[
			'X5',
			{
				kind: 'static',
				key: '12345678909',
				keyKind: 'cpf',
				amountCents: 12345,
				txid: 'FAT000123',
				name: 'FUNDICAO SAO JOSE',
				city: 'SAO JOSE',
				description: 'Fatura 123',
			},
		],
		[
			'X6',
			{
				kind: 'static',
				key: '12345678909',
				keyKind: 'cpf',
				amountCents: 12345,
				txid: 'FAT000123',
				name: 'Fundicao Sao Jose Ltda Co',
				city: 'Sao Jose dos Ca',
				description: 'Fatura 123',
			},
		],
	];
	it.each(readings)('reads %s', (id, expected) => {
		expect(readPixCode(PIX_CODES[id])).toEqual({ ...FIXED, code: PIX_CODES[id], ...expected });
	});

	it.each([
		[BROKEN_PIX_CODES.E1, 'O Pix copia e cola não confere: algum caractere foi alterado. Copie o código de novo.'],
		[BROKEN_PIX_CODES.E2, 'O Pix copia e cola está incompleto. Copie o código inteiro.'],
		[PIX_CODES.X1.slice(0, 60), 'O Pix copia e cola está incompleto. Copie o código inteiro.'],
		[
			PIX_CODES.X1.replace('Fulano', 'Fulana'),
			'O Pix copia e cola não confere: algum caractere foi alterado. Copie o código de novo.',
		],
		['10499898100000214032006561000100040099726390', 'Este texto não é um Pix copia e cola: ele começa com 000201.'],
		['', 'Este texto não é um Pix copia e cola: ele começa com 000201.'],
	])('says what is wrong with %s', (text, error) => {
		expect(readPixCode(text)).toEqual({ ok: false, errors: [error] });
	});

	const account = (value: string) => emvObject('26', emvObject('00', 'br.gov.bcb.pix') + value);
	const rest = '5204000053039865802BR5905Bruno6006Recife';
	const codeWith = (...rows: string[]) => withCrc(`000201${rows.join('')}`);

	it.each([
		[codeWith(account('011112345678909'), rest, '5905Clara'), /repete um campo/],
		[codeWith(emvObject('26', '0014com.other.paym'), rest), /não é um Pix/],
		[codeWith(account('011112345678909'), rest.replace('986', '840')), /reais no Brasil/],
		[codeWith(account('011112345678909'), rest.replace('5905Bruno', '')), /quem recebe/],
		[codeWith(account('011112345678909' + '2517pix.example.com/1'), rest), /uma chave e um endereço/],
		[codeWith(account(''), rest), /não traz chave nem endereço/],
		[codeWith(account('011112345678909'), '540510,00', rest), /não é um valor/],
	])('refuses a code that contradicts itself: %s', (code, error) => {
		expect(readPixCode(code)).toEqual({ ok: false, errors: [expect.stringMatching(error)] });
	});

	it('ignores amount and identifier of a dynamic code: they are behind its address', () => {
		const dynamic = codeWith(account('2517pix.example.com/1'), '540510.00', rest, '62080504ABCD');
		expect(readPixCode(dynamic)).toMatchObject({ kind: 'dynamic', amountCents: null, txid: null, singleUse: false });
	});

	it('keeps the address of a recurrence beside the one of a bill', () => {
		const both = codeWith(
			account('2517pix.example.com/1'),
			rest,
			emvObject('80', '0014BR.GOV.BCB.PIX' + emvObject('25', 'pix.example.com/rec/2')),
		);
		expect(readPixCode(both)).toMatchObject({
			kind: 'dynamic',
			url: 'pix.example.com/1',
			recurrenceUrl: 'pix.example.com/rec/2',
		});
	});

	it('reads what banks write differently: capitals, accents counted in bytes, a withdrawal', () => {
		const capitals = codeWith(emvObject('26', '0014BR.GOV.BCB.PIX011112345678909'), rest);
		expect(readPixCode(capitals.slice(0, -4) + capitals.slice(-4).toLowerCase())).toMatchObject({ ok: true });
		const inCharacters = codeWith(account('011112345678909'), rest.replace('5905Bruno', '5904João'));
		expect(readPixCode(inCharacters)).toMatchObject({ name: 'João', code: inCharacters });
		const inBytes = codeWith(account('011112345678909'), rest.replace('5905Bruno', '5905João'));
		expect(readPixCode(inBytes)).toMatchObject({ name: 'João', code: inBytes });
		const withdrawal = codeWith(account('011112345678909' + '030812345678'), '54010', rest);
		expect(readPixCode(withdrawal)).toMatchObject({ withdrawalProvider: '12345678', amountCents: null });
	});

	it('finds the code in a message (B-07)', () => {
		const text = `Segue o pix:\n\u200e${PIX_CODES.X2.slice(0, 50)}\n${PIX_CODES.X2.slice(50)} pode pagar?`;
		expect(readPixCode(text)).toMatchObject({ code: PIX_CODES.X2, amountCents: 1000 });
	});

	it('agrees with another implementation', () => {
		for (const id of ['X1', 'X2', 'X3', 'X5', 'X6'] as const) {
			const theirs = getPixPayloadInfo(PIX_CODES[id])!;
			const ours = readPixCode(PIX_CODES[id]);
			if (!ours.ok) throw new Error(ours.errors.join());
			expect([ours.key ?? undefined, ours.url ?? undefined, ours.name, ours.city]).toEqual([
				theirs.key,
				theirs.url,
				theirs.merchantName,
				theirs.merchantCity,
			]);
			expect(ours.txid ?? undefined).toBe(theirs.txid);
			expect(ours.description ?? undefined).toBe(theirs.description);
			expect(ours.amountCents === null ? undefined : ours.amountCents / 100).toBe(theirs.amount);
		}
	});
});
