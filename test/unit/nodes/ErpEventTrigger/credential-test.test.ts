import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { erpWebhookCredentialTest } from '../../../../nodes/ErpEventTrigger/credential-test';

const test = (data: ICredentialDataDecryptedObject) =>
	erpWebhookCredentialTest.call({} as ICredentialTestFunctions, { id: '1', name: 'ERP', type: 'erpWebhook', data });

describe('testing an ERP Webhook credential', () => {
	it('finds nothing wrong with a secret in one piece', async () => {
		expect(await test({ secret: ' 7d0f4e8c2b9a41d6 \n', account: '12.345.678/0001-90' })).toMatchObject({
			status: 'OK',
		});
	});

	it.each([
		[{ secret: ' ' }, /^Secret is empty/],
		[{ secret: 'https://n8n.example.com/webhook/x/erp?token=abc' }, /^Secret holds a whole address/],
		[{ secret: 'duas partes' }, /^Secret has a space/],
		[{ secret: 'abc123' }, /^Secret has 6 characters and can be guessed/],
		[{ secret: '7d0f4e8c2b9a41d6', account: 'Minha Empresa' }, /^Account has a space/],
	])('says what is wrong with %j', async (data, message) => {
		expect(await test(data)).toEqual({ status: 'Error', message: expect.stringMatching(message) });
	});

	it('takes a public key, which comes in several lines', async () => {
		const secret = '-----BEGIN PUBLIC KEY-----\nMIGfMA0GCSqGSIb3\n-----END PUBLIC KEY-----';
		expect(await test({ secret })).toMatchObject({ status: 'OK' });
	});
});
