import type { ICredentialDataDecryptedObject, ICredentialTestFunctions } from 'n8n-workflow';
import { cloudApiCredentialTest } from '../../../../nodes/shared/cloud-api-credential-test';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { startSimulator } from '../../../../simulator/server';
import type { Simulator } from '../../../../simulator/server';

let simulator: Simulator;
beforeAll(async () => void (simulator = await startSimulator({})));
afterAll(async () => await simulator.close());

const test = async (changed: ICredentialDataDecryptedObject) => {
	const data = {
		accessToken: DEMO_NUMBER.token,
		phoneNumberId: DEMO_NUMBER.phoneNumberId,
		wabaId: DEMO_NUMBER.wabaId,
		appId: DEMO_NUMBER.appId,
		appSecret: DEMO_NUMBER.appSecret,
		verifyToken: DEMO_NUMBER.verifyToken,
		graphVersion: 'v26.0',
		baseUrl: simulator.url,
		...changed,
	};
	return await cloudApiCredentialTest.call({} as ICredentialTestFunctions, {
		id: '1',
		name: 'Test',
		type: 'whatsAppCloudApi',
		data,
	});
};

describe('testing a WhatsApp Cloud API credential', () => {
	it('names the number it reached', async () => {
		expect(await test({})).toEqual({
			status: 'OK',
			message: `Connected to ${DEMO_NUMBER.verifiedName}, ${DEMO_NUMBER.displayPhone}`,
		});
	});

	it('takes values pasted with spaces and line breaks', async () => {
		expect((await test({ accessToken: ` ${DEMO_NUMBER.token}\n` })).status).toBe('OK');
	});

	it('checks no app secret without an App ID', async () => {
		expect((await test({ appId: '', appSecret: 'wrong' })).status).toBe('OK');
	});

	it.each<[string, ICredentialDataDecryptedObject, string]>([
		['a wrong app secret', { appSecret: 'wrong' }, 'The App Secret is not the one of this app.'],
		['a wrong App ID', { appId: '999' }, 'The App ID is not the app of the access token.'],
		['a wrong token', { accessToken: 'wrong' }, 'Meta does not accept the access token.'],
		['a wrong phone number ID', { phoneNumberId: '1' }, 'Meta does not know this Phone Number ID for this token.'],
		['an address nobody listens at', { baseUrl: 'http://127.0.0.1:9' }, 'No answer from'],
		['an empty field', { appSecret: '' }, 'App Secret is empty.'],
		['two empty fields', { appSecret: '', accessToken: '' }, '1. Access Token is empty.'],
	])('has its own sentence for %s (X-13)', async (_what, changed, sentence) => {
		const { status, message } = await test(changed);
		expect(status).toBe('Error');
		expect(message.startsWith(sentence)).toBe(true);
		expect(message).not.toContain(DEMO_NUMBER.token);
		expect(message).not.toContain(DEMO_NUMBER.appSecret);
	});
});
