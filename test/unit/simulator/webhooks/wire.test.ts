import { createHmac } from 'node:crypto';
import { envelope, escapedJson, signature } from '../../../../simulator/webhooks/wire';

describe('webhook bodies on the wire', () => {
	it('escapes everything outside ASCII in lower-case hex, as Meta does', () => {
		expect(escapedJson({ text: 'Olá 👋 "você"' })).toBe('{"text":"Ol\\u00e1 \\ud83d\\udc4b \\"voc\\u00ea\\""}');
	});

	it('signs exactly the bytes that travel', () => {
		const raw = escapedJson({ text: 'não' });
		const expected = createHmac('sha256', 'segredo').update(Buffer.from(raw)).digest('hex');
		expect(signature(raw, 'segredo')).toBe(`sha256=${expected}`);
		expect(signature('{"text":"não"}', 'segredo')).not.toBe(`sha256=${expected}`);
	});

	it('puts the changes of one account into one entry, in order', () => {
		const change = (n: number) => JSON.stringify({ field: 'messages', value: n });
		const body = envelope([
			{ wabaId: 'A', json: change(1) },
			{ wabaId: 'B', json: change(2) },
			{ wabaId: 'A', json: change(3) },
		]);
		expect(JSON.parse(body)).toEqual({
			object: 'whatsapp_business_account',
			entry: [
				{
					id: 'A',
					changes: [
						{ field: 'messages', value: 1 },
						{ field: 'messages', value: 3 },
					],
				},
				{ id: 'B', changes: [{ field: 'messages', value: 2 }] },
			],
		});
	});
});
