import { generatePixPayload, isValidPixPayload } from '@brazilian-utils/brazilian-utils';
import fc from 'fast-check';
import { makePixCode, type MadePix, type PixDraft } from '../../../../engine/brazil/make-pix-code';
import { readPixCode } from '../../../../engine/brazil/pix-code';
import { PIX_CODES } from './pix-vectors';

const WHO = { name: 'Fulano de Tal', city: 'BRASILIA' };
const KEY = '123e4567-e12b-12d1-a456-426655440000';

function made(draft: PixDraft) {
	const result: MadePix = makePixCode(draft);
	if (!result.ok) throw new Error(result.errors.join(' '));
	return result;
}

describe('making a Pix code (X-12, B-08)', () => {
	it('makes the sample of the manual, with an open amount', () => {
		expect(made({ ...WHO, key: KEY, amountCents: null })).toEqual({
			ok: true,
			errors: [],
			code: PIX_CODES.X1,
			warnings: [],
		});
	});

	it('makes X2, X5 and a dynamic X3', () => {
		const thales = { name: 'THALES OGLIARI', city: 'SAO MIGUEL DO O' };
		const codes = [
			made({ ...thales, key: 'thalesog@me.com', amountCents: 1000, description: 'Pedido 123' }),
			made({
				name: 'FUNDIÇÃO SÃO JOSÉ',
				city: 'SÃO JOSÉ',
				key: '123.456.789-09',
				amountCents: 12345,
				txid: 'FAT000123',
				description: 'Fatura 123',
			}),
			made({ ...thales, url: 'https://payload.psp.com/3ec9d2f9-5f03-4e0e-820d-63a81e769e87' }),
		];
		expect(codes.map(({ code }) => code)).toEqual([PIX_CODES.X2, PIX_CODES.X5, PIX_CODES.X3]);
	});

	it('folds accents, cuts what does not fit and says so (X6)', () => {
		expect(
			made({
				name: 'Fundição São José Ltda Comércio e Indústria',
				city: 'São José dos Campos',
				key: '12345678909',
				amountCents: 12345,
				txid: 'FAT000123',
				description: 'Fatura 123',
			}),
		).toEqual({
			ok: true,
			errors: [],
			code: PIX_CODES.X6,
			warnings: [
				'Só cabem 25 caracteres no nome de quem recebe: ficou "Fundicao Sao Jose Ltda Co".',
				'Só cabem 15 caracteres na cidade de quem recebe: ficou "Sao Jose dos Ca".',
			],
		});
	});

	it('leaves the description what the key does not need of the 99 characters', () => {
		const description = 'Mensalidade de março — 2ª via da fatura número 123456789';
		const withKey = made({ ...WHO, key: KEY, amountCents: null, description });
		expect(readPixCode(withKey.code)).toMatchObject({ description: 'Mensalidade de marco - 2a via da fatu' });
		expect(withKey.warnings).toEqual([
			'Com esta chave só cabem 37 caracteres na descrição: ficou "Mensalidade de marco - 2a via da fatu".',
		]);
		const longest = made({ ...WHO, key: `${'a'.repeat(65)}@example.com`, amountCents: null, description });
		expect(longest.warnings).toEqual(['Com esta chave não cabe descrição.']);
		expect(readPixCode(longest.code)).toMatchObject({ description: null, keyKind: 'email' });
	});

	it('warns when eleven digits were taken for a CPF that may be a phone', () => {
		expect(made({ ...WHO, key: '51998259765', amountCents: null }).warnings).toEqual([
			'A chave 51998259765 foi lida como CPF. Se for um celular, escreva +55 na frente.',
		]);
		const phone = made({ ...WHO, key: '51998259765', keyKind: 'phone', amountCents: null });
		expect(phone.warnings).toEqual([]);
		expect(phone.code).toContain('0114+5551998259765');
	});

	it('can make a dynamic code that may be paid more than once', () => {
		const code = made({ ...WHO, url: 'pix.example.com/qr/v2/abc', singleUse: false }).code;
		expect(readPixCode(code)).toMatchObject({ kind: 'dynamic', singleUse: false, url: 'pix.example.com/qr/v2/abc' });
	});

	it('says everything that is wrong', () => {
		expect(makePixCode({ name: '  ', city: '🏖️', key: 'ana', amountCents: 0, txid: 'FAT-1' })).toEqual({
			ok: false,
			errors: [
				'Informe o nome de quem recebe.',
				'Informe a cidade de quem recebe.',
				'"ana" não é uma chave Pix: use CPF, CNPJ, e-mail, celular com DDD (+55) ou chave aleatória.',
				'O valor deve ser maior que zero. Para deixar o valor em aberto, não informe nenhum.',
				'O identificador (txid) tem até 25 letras sem acento e números, sem espaços nem sinais.',
			],
		});
		for (const url of [
			'',
			'pix.example.com',
			'http://pix.example.com/1',
			`pix.example.com/${'a'.repeat(70)}`,
			'a b.c/d',
		]) {
			expect(makePixCode({ ...WHO, url })).toEqual({
				ok: false,
				errors: [
					'O endereço da cobrança deve ser o que o banco informou, com até 77 caracteres, como pix.example.com/qr/v2/abc.',
				],
			});
		}
		for (const amountCents of [-1, 1.5, NaN, 1e12]) {
			expect(makePixCode({ ...WHO, key: KEY, amountCents })).toMatchObject({ ok: false });
		}
		expect(makePixCode({ ...WHO, key: KEY, amountCents: 999_999_999_999 })).toMatchObject({ ok: true });
		expect(makePixCode({ ...WHO, key: KEY, amountCents: null, txid: 'A'.repeat(26) })).toMatchObject({ ok: false });
	});

	const text = (maxLength: number) =>
		fc.string({ unit: fc.constantFrom(...'ABCdef áãçõÉñü-.&/123ª—“'), maxLength }).map((rest) => `X${rest}`);
	const draft = fc.record({
		name: text(60),
		city: text(40),
		key: fc.constantFrom(KEY, '12345678909', '+5511987654321', '12ABC34501DE35', 'ana@example.com'),
		amountCents: fc.option(fc.integer({ min: 1, max: 999_999_999 })),
		txid: fc.stringMatching(/^[A-Za-z0-9]{0,25}$/),
		description: text(90),
	});

	it('reads back what it made, whatever the texts', () => {
		fc.assert(
			fc.property(draft, (given) => {
				const { code } = made(given);
				const reading = readPixCode(code);
				expect(reading).toMatchObject({
					ok: true,
					kind: 'static',
					key: given.key,
					amountCents: given.amountCents,
					txid: given.txid || null,
					code,
				});
				expect(code).toMatch(/^[ -~]+$/);
				expect(isValidPixPayload(code)).toBe(true);
			}),
		);
	});

	it('makes what another implementation makes', () => {
		const plainText = fc.stringMatching(/^[A-Za-z]{1,12}( [A-Za-z]{1,12})?$/);
		fc.assert(
			fc.property(draft, plainText, plainText, (given, name, city) => {
				const { amountCents, key, txid } = given;
				const { code } = made({ name, city, key, amountCents, txid, description: name });
				const theirs = generatePixPayload({
					key,
					merchantName: name,
					merchantCity: city,
					amount: amountCents === null ? undefined : amountCents / 100,
					txid: txid || undefined,
					description: name,
				});
				expect(code).toBe(theirs);
			}),
		);
	});

	it('is refused when any one character was changed', () => {
		fc.assert(
			fc.property(draft, fc.nat(), fc.stringMatching(/^[ -~]$/), (given, where, character) => {
				const { code } = made(given);
				const at = where % code.length;
				const changed = code.slice(0, at) + character + code.slice(at + 1);
				const sameCrc = at >= code.length - 4 && character.toUpperCase() === code[at];
				return changed === code || sameCrc || !readPixCode(changed).ok;
			}),
			{ numRuns: 1000 },
		);
	});
});
