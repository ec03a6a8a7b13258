import { readPixKey } from '../../../../engine/brazil/pix-key';

const read = (text: string, kind?: Parameters<typeof readPixKey>[1]) => readPixKey(text, kind);

describe('Pix keys (X-12)', () => {
	it.each([
		['123.456.789-09', 'cpf', '12345678909'],
		['11.222.333/0001-81', 'cnpj', '11222333000181'],
		['12.abc.345/01de-35', 'cnpj', '12ABC34501DE35'],
		[' Ana.Souza@Example.COM ', 'email', 'ana.souza@example.com'],
		['(11) 98765-4321', 'phone', '+5511987654321'],
		['+5511987654321', 'phone', '+5511987654321'],
		['11 98765-4321', 'phone', '+5511987654321'],
		['0055 11 98765 4321', 'phone', '+5511987654321'],
		['123E4567-E12B-12D1-A456-426655440000', 'random', '123e4567-e12b-12d1-a456-426655440000'],
	])('knows %s as a %s', (text, kind, key) => {
		expect(read(text)).toEqual({ ok: true, kind, key, ambiguous: false });
	});

	it('takes eleven bare digits for a CPF if they are one; +55, brackets or the caller make them a phone', () => {
		expect(read('51998259765')).toEqual({ ok: true, kind: 'cpf', key: '51998259765', ambiguous: true });
		const phone = { ok: true, kind: 'phone', key: '+5551998259765', ambiguous: false };
		expect(read('+5551998259765')).toEqual(phone);
		expect(read('(51) 99825-9765')).toEqual(phone);
		expect(read('51998259765', 'phone')).toEqual(phone);
	});

	it.each([
		['', undefined, 'Informe a chave Pix.'],
		['ana', undefined, '"ana" não é uma chave Pix: use CPF, CNPJ, e-mail, celular com DDD (+55) ou chave aleatória.'],
		['ana@', undefined, '"ana@" não é um e-mail que sirva de chave Pix.'],
		['ana souza@example.com', 'email', '"ana souza@example.com" não é um e-mail que sirva de chave Pix.'],
		[`${'a'.repeat(66)}@example.com`, undefined, 'Um e-mail que é chave Pix tem até 77 caracteres; este tem 78.'],
		['+55 11 3333-4444', undefined, 'Só um celular do Brasil pode ser chave Pix. Exemplo: +55 11 99999-9999.'],
		['+1 212 555 2368', undefined, 'Só um celular do Brasil pode ser chave Pix. Exemplo: +55 11 99999-9999.'],
		[
			'123e4567-e12b-12d1-a456-42665544000',
			'random',
			'Uma chave aleatória tem 36 caracteres, como 123e4567-e12b-12d1-a456-426655440000.',
		],
		['11.222.333/0001-81', 'cpf', 'Este número é um CNPJ, e a chave deve ser um CPF.'],
		['123.456.789-00', 'cpf', 'Este CPF não existe: os dígitos verificadores não conferem. Confira os números.'],
	] as const)('refuses %s', (text, kind, reason) => {
		expect(read(text, kind)).toEqual({ ok: false, reason });
	});
});
