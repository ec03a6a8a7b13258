import { createHmac } from 'node:crypto';
import { verifySignature, verifySubscription } from '../../../../../engine/channel/cloud-api/signature';

const SECRET = 'segredo-do-app';
const body = Buffer.from('{"text":"Ol\\u00e1"}');
const sign = (bytes: Buffer, secret = SECRET) => `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;

describe('signature of a webhook', () => {
	it('accepts the signature of the raw bytes', () => {
		expect(verifySignature(body, sign(body), SECRET)).toBe(true);
	});

	it('refuses a body whose escaped accents were rewritten', () => {
		const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
		expect(verifySignature(rewritten, sign(body), SECRET)).toBe(false);
	});

	it('refuses another secret, another algorithm and an empty secret', () => {
		expect(verifySignature(body, sign(body, 'outro'), SECRET)).toBe(false);
		expect(verifySignature(body, sign(body).replace('sha256', 'sha1'), SECRET)).toBe(false);
		expect(verifySignature(body, sign(body, ''), '')).toBe(false);
	});

	it.each([
		undefined,
		'',
		'sha256=',
		'sha256=abc',
		`${sign(body)}00`,
		sign(body).toUpperCase(),
		'sha256=' + 'z'.repeat(64),
	])('refuses the header %p without failing', (header) => {
		expect(verifySignature(body, header, SECRET)).toBe(false);
	});
});

describe('verification of a callback URL (D-29)', () => {
	const query = { 'hub.mode': 'subscribe', 'hub.verify_token': 'abre-te', 'hub.challenge': '1158201444' };

	it('answers with the challenge when the token is ours', () => {
		expect(verifySubscription(query, 'abre-te')).toEqual({ ok: true, challenge: '1158201444' });
	});

	it.each([
		['another token', { ...query, 'hub.verify_token': 'abre' }, 'abre-te'],
		['another mode', { ...query, 'hub.mode': 'unsubscribe' }, 'abre-te'],
		['no challenge', { ...query, 'hub.challenge': undefined }, 'abre-te'],
		['repeated parameters', { ...query, 'hub.verify_token': ['abre-te', 'abre-te'] }, 'abre-te'],
		['a challenge that is markup', { ...query, 'hub.challenge': '<script>' }, 'abre-te'],
		['no token configured', { ...query, 'hub.verify_token': '' }, ''],
		['an empty query', {}, 'abre-te'],
	])('refuses %s', (_, given, token) => {
		expect(verifySubscription(given, token)).toEqual({ ok: false });
	});
});
