import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sameSecret } from '../../../../engine/erp/checks';
import type { ErpSystem } from '../../../../engine/erp/types';
import { checkErp, erpRequest, erpSample } from '../../../support/erp';

const SECRET = 's3gredo';
const hmac = (algorithm: string, body: Buffer, encoding: 'hex' | 'base64', secret = SECRET) =>
	createHmac(algorithm, secret).update(body).digest(encoding);
const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

const SIGNED: Array<[ErpSystem, string, string, (body: Buffer) => string]> = [
	['bling', 'bling-order-created', 'x-bling-signature-256', (body) => `sha256=${hmac('sha256', body, 'hex')}`],
	['kobana', 'kobana-bank-billet-paid', 'x-hub-signature', (body) => `sha1=${hmac('sha1', body, 'hex')}`],
	['woovi', 'woovi-charge-completed', 'x-openpix-signature', (body) => hmac('sha1', body, 'base64')],
	['generic', 'asaas-payment-overdue', 'x-hub-signature-256', (body) => `sha256=${hmac('sha256', body, 'hex')}`],
];

describe.each(SIGNED)('%s signs its bodies', (system, sample, header, signatureOf) => {
	const body = erpSample(sample);
	const signed = (by: Buffer, bytes = body) => erpRequest(bytes, { headers: { [header]: signatureOf(by) } });

	it('believes the signature of the raw body', () => {
		expect(checkErp(system, signed(body))).toEqual({ ok: true });
	});

	it('refuses the signature of another body, of another secret, a cut one and none', () => {
		const other = erpSample('omie-ordemservico-incluida');
		const reason = `the header ${header} does not sign this body with the secret of the credential`;
		expect(checkErp(system, signed(other))).toEqual({ ok: false, reason });
		expect(checkErp(system, signed(body), { secret: 'outro' })).toEqual({ ok: false, reason });
		expect(checkErp(system, erpRequest(body, { headers: { [header]: signatureOf(body).slice(0, -2) } }))).toEqual({
			ok: false,
			reason,
		});
		expect(checkErp(system, erpRequest(body)).ok).toBe(false);
		expect(checkErp(system, erpRequest(body, { headers: { [header]: '' } })).ok).toBe(false);
	});

	it('refuses the body when one byte is missing or the same JSON is written another way', () => {
		expect(checkErp(system, signed(body, body.subarray(0, -1))).ok).toBe(false);
		expect(checkErp(system, signed(body, Buffer.from(JSON.stringify(JSON.parse(body.toString()))))).ok).toBe(false);
	});

	it('never accepts an empty secret', () => {
		const empty = erpRequest(body, { headers: { [header]: signatureOf(body) } });
		expect(checkErp(system, empty, { secret: '' })).toEqual({
			ok: false,
			reason: 'the credential of this source has no secret; fill it in',
		});
	});
});

it('agrees with a known signature of Bling', () => {
	const body = '{"eventId":"01945027-150e-72b4-e7cf-4943a042cd9c"}';
	const headers = {
		'x-bling-signature-256': 'sha256=2f188a3ff2bd077d98af7760602bcb56348de217300fd08a939747fd6c20fafe',
	};
	expect(checkErp('bling', erpRequest(body, { headers }), { secret: 'test-client-secret' })).toEqual({ ok: true });
});

it('compares secrets whole, and an empty one with nothing', () => {
	expect(sameSecret('a', 'a')).toBe(true);
	expect(sameSecret('a', 'ab')).toBe(false);
	expect(sameSecret('', '')).toBe(false);
	expect(sameSecret(undefined, 'a')).toBe(false);
});

describe('asaas sends the token of the webhook as a header', () => {
	const body = erpSample('asaas-payment-overdue');
	const check = (token?: string) => checkErp('asaas', erpRequest(body, { headers: { 'asaas-access-token': token } }));

	it('believes the token and nothing else', () => {
		expect(check(SECRET)).toEqual({ ok: true });
		expect(check('outro')).toEqual({ ok: false, reason: 'the header asaas-access-token is not the one agreed' });
		expect(check(`${SECRET} `).ok).toBe(false);
		expect(check()).toEqual({ ok: false, reason: 'the header asaas-access-token is missing' });
	});

	it('takes no token from the address', () => {
		expect(checkErp('asaas', erpRequest(body, { query: { token: SECRET } })).ok).toBe(false);
	});

	it('tells nothing of the secrets in its reasons', () => {
		expect(JSON.stringify(check('quase-s3gredo'))).not.toContain('s3gredo');
	});
});

const UNSIGNED: Array<[ErpSystem, string]> = [
	['omie', 'omie-ordemservico-incluida'],
	['tiny', 'tiny-situacao-pedido'],
	['bacenPix', 'bacen-pix-recebido-lote'],
	['odoo', 'odoo-account-move-posted'],
	['mercadoLivre', 'tiny-situacao-pedido'],
	['totvs', 'tiny-situacao-pedido'],
	['generic', 'tiny-situacao-pedido'],
];

describe.each(UNSIGNED)('%s signs nothing: the secret is part of the address', (system, sample) => {
	const body = erpSample(sample);

	it('believes the token in the address, in x-webhook-token and as the password of Basic', () => {
		expect(checkErp(system, erpRequest(body, { query: { token: SECRET } }))).toEqual({ ok: true });
		expect(checkErp(system, erpRequest(body, { headers: { 'x-webhook-token': SECRET } }))).toEqual({ ok: true });
		expect(checkErp(system, erpRequest(body, { headers: { authorization: basic('any', SECRET) } }))).toEqual({
			ok: true,
		});
	});

	it('refuses a wrong token, none, and an empty secret', () => {
		expect(checkErp(system, erpRequest(body, { query: { token: 'outro' } }))).toEqual({
			ok: false,
			reason: 'the token is not the one of the credential',
		});
		expect(checkErp(system, erpRequest(body))).toEqual({
			ok: false,
			reason: 'no token: add ?token=<the secret of the credential> to the address registered at the sender',
		});
		expect(checkErp(system, erpRequest(body, { query: { token: '' } }), { secret: '' }).ok).toBe(false);
		expect(checkErp(system, erpRequest(body, { headers: { authorization: 'Basic ###' } })).ok).toBe(false);
		expect(checkErp(system, erpRequest(body, { headers: { authorization: `Bearer ${SECRET}` } })).ok).toBe(false);
	});
});

describe('the account of the credential', () => {
	const withToken = (body: unknown) => erpRequest(body, { query: { token: SECRET } });

	it('is the appKey or the appHash of Omie', () => {
		const body = erpSample('omie-ordemservico-incluida');
		expect(checkErp('omie', withToken(body), { account: '00000' })).toEqual({ ok: true });
		expect(checkErp('omie', withToken(body), { account: 'xxxx' })).toEqual({ ok: true });
		expect(checkErp('omie', withToken(body), { account: '99999' })).toEqual({
			ok: false,
			reason: 'appKey/appHash is not the account of the credential',
		});
		expect(checkErp('omie', withToken({ ping: 'omie' }), { account: '99999' })).toEqual({ ok: true });
	});

	it('is not asked of a ping only: a ping with an event is an event', () => {
		const body = { ...JSON.parse(erpSample('omie-contareceber-baixarealizada').toString()), ping: 'omie' };
		expect(checkErp('omie', withToken(body), { account: '99999' }).ok).toBe(false);
	});

	it('is the CNPJ of Tiny, with or without punctuation', () => {
		const body = erpSample('tiny-situacao-pedido');
		expect(checkErp('tiny', withToken(body), { account: '12345678000199' })).toEqual({ ok: true });
		expect(checkErp('tiny', withToken(body), { account: '12.345.678/0001-99' })).toEqual({ ok: true });
		expect(checkErp('tiny', withToken(body), { account: '11222333000181' }).ok).toBe(false);
		expect(checkErp('tiny', withToken({ tipo: 'estoque' }), { account: '12345678000199' }).ok).toBe(false);
	});

	it('is the companyId of Bling', () => {
		const body = erpSample('bling-order-created');
		const headers = { 'x-bling-signature-256': `sha256=${hmac('sha256', body, 'hex')}` };
		const check = (account: string) => checkErp('bling', erpRequest(body, { headers }), { account });
		expect(check('d4475854366a36c86a37e792f9634a51')).toEqual({ ok: true });
		expect(check('outra').ok).toBe(false);
	});

	it('is the user or the application of Mercado Livre', () => {
		const body = { resource: '/orders/1', user_id: 468424240, topic: 'orders_v2', application_id: 5503910054141466 };
		expect(checkErp('mercadoLivre', withToken(body), { account: '468424240' })).toEqual({ ok: true });
		expect(checkErp('mercadoLivre', withToken(body), { account: '5503910054141466' })).toEqual({ ok: true });
		expect(checkErp('mercadoLivre', withToken(body), { account: '1' }).ok).toBe(false);
	});

	it('is the user of Basic at TOTVS', () => {
		const check = (headers: Record<string, string>) =>
			checkErp('totvs', erpRequest('{}', { headers, query: {} }), { account: 'protheus' });
		expect(check({ authorization: basic('protheus', SECRET) })).toEqual({ ok: true });
		expect(check({ authorization: basic('outro', SECRET) })).toEqual({
			ok: false,
			reason: 'the user of Basic authentication is not the account of the credential',
		});
		expect(check({ 'x-webhook-token': SECRET }).ok).toBe(false);
	});

	it('leaves a body that is no JSON to the reader, which says so', () => {
		expect(checkErp('omie', withToken('{'), { account: '00000' })).toEqual({ ok: true });
	});
});

describe("woovi signs with its own key, which proves Woovi, not this company's account", () => {
	const SIGNATURE =
		'lL2nnXgmLFGgxJ8+jCDguqouU4ucrIxYJcU5SPrJFaNcJajTJHYVldqc/z4YFIjAjtPEALe699WosgPY08W7CLpidvtm06Qwa4YMB0l/DcTS93O91NdSH/adjugEKiOb76Zj/0jB8mqOmWCFYbweOBa17bssuEkd5Lw7Q5L314Y=';
	const body = readFileSync(join(__dirname, '../../../fixtures/erp/woovi-signed.txt'));
	const request = (around: { headers?: Record<string, string>; query?: Record<string, string> } = {}) =>
		erpRequest(body, { ...around, headers: { 'x-webhook-signature': SIGNATURE, ...around.headers } });

	it('believes the published key together with the token, however it comes', () => {
		expect(checkErp('woovi', request({ query: { token: SECRET } }))).toEqual({ ok: true });
		expect(checkErp('woovi', request({ headers: { 'x-openpix-authorization': SECRET } }))).toEqual({ ok: true });
	});

	it('refuses the signature alone, the token alone and the signature of another body', () => {
		expect(checkErp('woovi', request()).ok).toBe(false);
		expect(checkErp('woovi', erpRequest(body, { query: { token: SECRET } }))).toEqual({
			ok: false,
			reason: 'the header x-webhook-signature is missing',
		});
		const other = { headers: { 'x-webhook-signature': SIGNATURE }, query: { token: SECRET } };
		expect(checkErp('woovi', erpRequest(erpSample('woovi-charge-completed'), other))).toEqual({
			ok: false,
			reason: "the header x-webhook-signature does not sign this body with the sender's key",
		});
	});

	it('asks for the company when the credential names one', () => {
		const check = (account: string) => checkErp('woovi', request({ query: { token: SECRET } }), { account });
		expect(check('4722767300014')).toEqual({ ok: true });
		expect(check('624f46f9e93f9f521c8308d7')).toEqual({ ok: true });
		expect(check('11222333000181')).toEqual({
			ok: false,
			reason: 'company is not the account of the credential',
		});
	});

	it('takes another public key as the secret, then the company must be named', () => {
		const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const headers = { 'x-webhook-signature': sign('sha256', body, privateKey).toString('base64') };
		const check = (secret: string, account: string) =>
			checkErp('woovi', erpRequest(body, { headers }), { secret, account });
		expect(check(pem, '4722767300014')).toEqual({ ok: true });
		expect(check(Buffer.from(pem).toString('base64'), '4722767300014')).toEqual({ ok: true });
		expect(check(pem.replaceAll('\n', ' '), '4722767300014')).toEqual({ ok: true });
		expect(check(pem, '')).toEqual({
			ok: false,
			reason: 'with a public key as secret the credential needs the account too',
		});
		expect(check(pem.slice(0, 80), '4722767300014')).toEqual({
			ok: false,
			reason: 'the public key of the credential cannot be read; paste it whole, from BEGIN to END',
		});
	});

	it('believes the signature and the token whatever the header of the HMAC holds', () => {
		const around = { headers: { 'x-openpix-authorization': SECRET } };
		const given = (hmac: string) => request({ headers: { ...around.headers, 'x-openpix-signature': hmac } });
		expect(checkErp('woovi', given(''))).toEqual({ ok: true });
		expect(checkErp('woovi', given('b3V0cm8='))).toEqual({ ok: true });
		expect(checkErp('woovi', given('b3V0cm8='), { account: '4722767300014' })).toEqual({ ok: true });
	});

	it('refuses what is forged behind the header of the HMAC', () => {
		const forged = { 'x-openpix-signature': hmac('sha1', body, 'base64', 'outro') };
		const authorized = { ...forged, 'x-openpix-authorization': SECRET };
		expect(checkErp('woovi', request({ headers: forged })).ok).toBe(false);
		expect(checkErp('woovi', request({ headers: { ...forged, 'x-openpix-authorization': 'outro' } })).ok).toBe(false);
		expect(checkErp('woovi', erpRequest(body, { headers: authorized })).ok).toBe(false);
		const unsigned = { ...authorized, 'x-webhook-signature': '' };
		expect(checkErp('woovi', erpRequest(body, { headers: unsigned })).ok).toBe(false);
		expect(checkErp('woovi', request({ headers: authorized }), { account: '11222333000181' }).ok).toBe(false);
		const other = erpRequest(erpSample('woovi-charge-completed'), {
			headers: { ...authorized, 'x-webhook-signature': SIGNATURE },
		});
		expect(checkErp('woovi', other).ok).toBe(false);
	});

	describe('when it tries an address', () => {
		const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
		const secret = publicKey.export({ type: 'spki', format: 'pem' }).toString();
		const account = '4722767300014';
		const test = Buffer.from('{"data_criacao":"2024-01-23T20:32:14.429Z","event":"OPENPIX:CHARGE_COMPLETED"}');
		const signed = (bytes: Buffer) => ({
			'x-webhook-signature': sign('sha256', bytes, privateKey).toString('base64'),
			'x-openpix-signature': '',
		});

		it('believes the signature alone: no company is named, and the secret of the HMAC is not known yet', () => {
			expect(checkErp('woovi', erpRequest(test, { headers: signed(test) }), { secret, account })).toEqual({ ok: true });
			expect(checkErp('woovi', erpRequest(test, { headers: signed(test) }), { secret })).toEqual({ ok: true });
		});

		it('believes the secret alone, however it comes, and asks for no company', () => {
			const hmacOf = { headers: { 'x-openpix-signature': hmac('sha1', test, 'base64') } };
			for (const around of [{ query: { token: SECRET } }, hmacOf]) {
				expect(checkErp('woovi', erpRequest(test, around), { account })).toEqual({ ok: true });
			}
		});

		it('refuses a test that proves nothing, and a payment with half of a proof', () => {
			expect(checkErp('woovi', erpRequest(test)).ok).toBe(false);
			expect(checkErp('woovi', erpRequest(test, { query: { token: 'outro' } })).ok).toBe(false);
			expect(checkErp('woovi', erpRequest(test, { query: { token: secret } }), { secret, account }).ok).toBe(false);
			expect(checkErp('woovi', erpRequest(test, { headers: signed(body) }), { secret, account }).ok).toBe(false);
			const paid = Buffer.from(JSON.stringify({ ...JSON.parse(test.toString()), charge: { correlationID: 'x' } }));
			expect(checkErp('woovi', erpRequest(paid, { headers: signed(paid) }), { secret, account }).ok).toBe(false);
			expect(checkErp('woovi', erpRequest(paid, { query: { token: SECRET } })).ok).toBe(false);
		});
	});

	it('never takes a public key for an HMAC secret: everybody knows it', () => {
		const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
			.publicKey.export({ type: 'spki', format: 'pem' })
			.toString();
		const headers = { 'x-openpix-signature': hmac('sha1', body, 'base64', pem) };
		expect(checkErp('woovi', erpRequest(body, { headers }), { secret: pem, account: '4722767300014' })).toEqual({
			ok: false,
			reason: 'the header x-webhook-signature is missing',
		});
	});
});
