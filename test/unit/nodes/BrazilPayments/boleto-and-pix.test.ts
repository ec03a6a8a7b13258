import jsQR from 'jsqr';
import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { PNG } from 'pngjs';
import { BrazilPayments } from '../../../../nodes/BrazilPayments/BrazilPayments.node';
import { runNode } from '../../../support/run-node';
import { BANK_BOLETOS, INVALID_BOLETOS, UTILITY_BILLS } from '../../engine/brazil/boleto-vectors';
import { BROKEN_PIX_CODES, PIX_CODES } from '../../engine/brazil/pix-vectors';

type Json = Record<string, any>;

const run = async (parameters: INodeParameters, items: Json[]) =>
	(await runNode({ node: new BrazilPayments(), parameters, items }))[0]!;
/** The result of each item, as JSON only. */
const results = async (parameters: INodeParameters, items: Json[], field: string) =>
	(await run(parameters, items)).map(({ json }) => (json as Json)[field]);

const BANK_LINE = '10492.00650 61000.100042 00997.263900 9 89810000021403';
const READ = { resource: 'boleto', operation: 'read', code: '={{ $json.code }}' };

describe('Brazil Payments: Boleto (B-07, X-12)', () => {
	it('adds the boleto to the item and keeps what was there', async () => {
		const file = { data: 'SGk=', mimeType: 'text/plain' };
		const item = { json: { code: BANK_LINE, contact: { name: 'Ana' } }, binary: { nota: file } };
		const [out] = await run({ ...READ, options: { reference: '2022-05-01' } }, [item]);
		expect(out).toEqual({
			json: {
				code: BANK_LINE,
				contact: { name: 'Ana' },
				boleto: {
					valid: true,
					errors: [],
					kind: 'bank',
					bank: '104',
					segment: null,
					segmentName: null,
					amountCents: 21403,
					amount: 214.03,
					amountText: 'R$ 214,03',
					dueDate: '2022-05-10',
					otherDueDate: '2046-12-30',
					barcode: '10499898100000214032006561000100040099726390',
					line: '10492006506100010004200997263900989810000021403',
					formattedLine: BANK_LINE,
					warnings: [],
				},
			},
			binary: { nota: file },
			pairedItem: { item: 0 },
		});
	});

	it('reads many items, valid or not, each for itself', async () => {
		const valid = [...BANK_BOLETOS, ...UTILITY_BILLS].map(({ line, barcode }) => line ?? barcode);
		const items = [...valid, ...INVALID_BOLETOS.map(([, text]) => text)].map((code) => ({ code }));
		const out = await run(READ, items);
		expect(out.map(({ json }) => (json.boleto as Json).valid)).toEqual(items.map((_, at) => at < valid.length));
		expect(out.slice(valid.length).map(({ json }) => (json.boleto as Json).errors)).toEqual(
			INVALID_BOLETOS.map(([, , errors]) => errors),
		);
		expect(out.map(({ pairedItem }) => (pairedItem as Json).item)).toEqual(items.map((_, at) => at));
	});

	it('believes the books, item by item, in whatever way they write dates and amounts', async () => {
		const options = { dueDate: '={{ $json.due }}', amount: '={{ $json.amount }}', resultField: 'despesa' };
		const items = [
			{ code: BANK_LINE, due: '10/05/2022', amount: 214.03 },
			{ code: BANK_LINE, due: '2022-05-10T00:00:00.000Z', amount: 'R$ 214,03' },
			{ code: BANK_LINE, due: '2022-05-11', amount: 200 },
			{ code: BANK_LINE, due: null, amount: '' },
			{ code: BANK_LINE, due: 'amanhã', amount: 'muito' },
		];
		const [first, second, third, fourth, fifth] = await results({ ...READ, options }, items, 'despesa');
		expect([first.dueDate, first.warnings, second.dueDate, second.warnings]).toEqual([
			'2022-05-10',
			[],
			'2022-05-10',
			[],
		]);
		expect(third.warnings).toEqual([
			'O código do boleto diz que ele vence em 10/05/2022, e o cadastro diz 11/05/2022.',
			'O código do boleto diz R$ 214,03, e o cadastro diz R$ 200,00.',
		]);
		expect(fourth).toMatchObject({ valid: true, dueDate: '2022-05-10' });
		expect(fifth).toEqual({
			valid: false,
			errors: [
				'A data de vencimento não é uma data: "amanhã". Use 2026-03-10 ou 10/03/2026.',
				'O valor não é um valor em reais: "muito". Use 459,90 ou 459.90.',
			],
			warnings: [],
		});
	});

	it('finds the boletos of a message, the text of the item by default (B-07)', async () => {
		const parameters = { resource: 'boleto', operation: 'findInText', options: { reference: '2022-05-01' } };
		const [two, none, mistyped, empty] = await results(
			parameters,
			[
				{ text: `Oi, são dois:\n${BANK_LINE}\n84610000000-5 24610029110-2 00546033900-4 69589506108-0` },
				{ text: 'Meu CPF é 529.982.247-25 e meu telefone (11) 98765-4321' },
				{ text: BANK_LINE.replace('.100042', '.100043') },
				{ other: 1 },
			],
			'boletos',
		);
		expect(two).toMatchObject({ valid: true, found: 2, unreadable: [], errors: [] });
		expect(two.list.map((boleto: Json) => [boleto.kind, boleto.amount])).toEqual([
			['bank', 214.03],
			['utility', 24.61],
		]);
		expect(none).toEqual({ valid: false, found: 0, list: [], unreadable: [], errors: [] });
		expect(mistyped).toMatchObject({
			found: 0,
			errors: ['O 2º bloco de números da linha digitável não confere. Confira os números dele.'],
		});
		expect(empty).toMatchObject({ valid: false, found: 0 });
	});
});

describe('Brazil Payments: Pix (B-08, X-12)', () => {
	const CREATE = {
		resource: 'pix',
		operation: 'createCode',
		codeType: 'static',
		key: '={{ $json.key }}',
		amount: '={{ $json.amount }}',
		receiverName: 'FUNDIÇÃO SÃO JOSÉ',
		receiverCity: 'SÃO JOSÉ',
		options: { txid: '={{ $json.txid }}', description: 'Fatura 123' },
	};
	const decode = ({ binary }: INodeExecutionData, field = 'qrCode') => {
		const { data, width, height } = PNG.sync.read(Buffer.from(binary![field]!.data, 'base64'));
		return jsQR(new Uint8ClampedArray(data), width, height)!.data;
	};

	it('makes a code and its picture', async () => {
		const file = { data: 'SGk=', mimeType: 'text/plain' };
		const json = { key: '123.456.789-09', amount: 123.45, txid: 'FAT000123' };
		const [out] = await run(CREATE, [{ json, binary: { nota: file } }]);
		expect(out!.json).toEqual({
			...json,
			pix: {
				valid: true,
				errors: [],
				warnings: [],
				kind: 'static',
				key: '12345678909',
				keyKind: 'cpf',
				url: null,
				recurrenceUrl: null,
				singleUse: false,
				amountCents: 12345,
				amount: 123.45,
				amountText: 'R$ 123,45',
				txid: 'FAT000123',
				name: 'FUNDICAO SAO JOSE',
				city: 'SAO JOSE',
				description: 'Fatura 123',
				withdrawalProvider: null,
				code: PIX_CODES.X5,
			},
		});
		expect(out!.binary).toMatchObject({
			nota: file,
			qrCode: { mimeType: 'image/png', fileName: 'pix.png', fileExtension: 'png' },
		});
		expect(decode(out!)).toBe(PIX_CODES.X5);
	});

	it('makes one for each of many items, and tells those it cannot make', async () => {
		const items = Array.from({ length: 12 }, (_, n) => ({
			key: n % 4 === 3 ? 'ninguém' : 'ana@example.com',
			amount: n % 4 === 2 ? '' : n + 1,
			txid: `T${n}`,
		}));
		const out = await run({ ...CREATE, binaryField: 'imagem', options: { txid: '={{ $json.txid }}' } }, items);
		expect(out.map(({ json }) => (json.pix as Json).valid)).toEqual(items.map((_, n) => n % 4 !== 3));
		const good = out.filter((_, n) => n % 4 !== 3);
		expect(good.map((item) => decode(item, 'imagem'))).toEqual(good.map(({ json }) => (json.pix as Json).code));
		expect(good.map(({ json }) => (json.pix as Json).amountCents)).toEqual(
			good.map(({ json }) => (json.amount === '' ? null : Number(json.amount) * 100)),
		);
		expect(out[3]).toEqual({
			json: {
				...items[3],
				pix: {
					valid: false,
					errors: ['"ninguém" não é uma chave Pix: use CPF, CNPJ, e-mail, celular com DDD (+55) ou chave aleatória.'],
					warnings: [],
				},
			},
			pairedItem: { item: 3 },
		});
	});

	it('makes a dynamic code without a picture', async () => {
		const [out] = await run(
			{
				resource: 'pix',
				operation: 'createCode',
				codeType: 'dynamic',
				url: '={{ $json.location }}',
				receiverName: 'THALES OGLIARI',
				receiverCity: 'SAO MIGUEL DO O',
				qrImage: false,
			},
			[{ location: 'payload.psp.com/3ec9d2f9-5f03-4e0e-820d-63a81e769e87' }],
		);
		expect((out!.json.pix as Json).code).toBe(PIX_CODES.X3);
		expect(out!.binary).toBeUndefined();
	});

	it('collects everything that is wrong, and takes no half of an amount', async () => {
		const [bad, amount] = await results(
			{ ...CREATE, receiverCity: '' },
			[
				{ key: '', amount: '-1', txid: 'FAT-1' },
				{ key: 'ana@example.com', amount: 10.005 },
			],
			'pix',
		);
		expect(bad.errors).toEqual([
			'O valor não é um valor em reais: "-1". Use 459,90 ou 459.90.',
			'Informe a cidade de quem recebe.',
			'Informe a chave Pix.',
			'O identificador (txid) tem até 25 letras sem acento e números, sem espaços nem sinais.',
		]);
		expect(amount.errors[0]).toBe('O valor não é um valor em reais: "10.005". Use 459,90 ou 459.90.');
	});

	it('reads codes, the text of the item by default', async () => {
		const texts = [...Object.values(PIX_CODES), ...Object.values(BROKEN_PIX_CODES), 'oi', ''];
		const readings = await results(
			{ resource: 'pix', operation: 'readCode' },
			texts.map((text) => ({ text })),
			'pix',
		);
		expect(readings.map(({ valid, kind }) => (valid ? kind : valid))).toEqual([
			'static',
			'static',
			'dynamic',
			'automatic',
			'static',
			'static',
			false,
			false,
			false,
			false,
		]);
		expect(readings[1]).toMatchObject({ amount: 10, amountText: 'R$ 10,00', name: 'THALES OGLIARI' });
	});

	it('draws the codes it reads when asked to, without the words around them', async () => {
		const out = await run(
			{ resource: 'pix', operation: 'readCode', qrImage: true, options: { fileName: 'fatura.png' } },
			[{ text: `Pague com: ${PIX_CODES.X3} Obrigado` }, { text: 'oi' }],
		);
		expect(out[0]!.binary).toMatchObject({ qrCode: { mimeType: 'image/png', fileName: 'fatura.png' } });
		expect(decode(out[0]!)).toBe(PIX_CODES.X3);
		expect(out[1]!.binary).toBeUndefined();
	});
});
