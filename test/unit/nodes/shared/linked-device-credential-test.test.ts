import type { ICredentialTestFunctions } from 'n8n-workflow';
import type { LinkedDeviceView } from '../../../../engine';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { linkedDeviceCredentialTest, standing } from '../../../../nodes/shared/linked-device-credential-test';
import { STORES, type TestStore } from '../../../support/each-store';
import { LINKED_CHANNEL, LINKED_CREDENTIALS } from '../../../support/fake-linked-channel';

const view = (more: Partial<LinkedDeviceView>): LinkedDeviceView => ({
	...{ channelId: LINKED_CHANNEL, sessionName: 'atendimento', state: 'connected', phone: '5511987654321' },
	...{ name: 'Oficina Aurora', problem: null, explanation: null, qr: null, pairingCode: null, linkedAt: 1 },
	...{ connectedAt: 1, heardAt: 1, nextAttemptAt: null, ageDays: 3 },
	...more,
});

describe('"Test" in the credential of a linked device', () => {
	let store: TestStore;

	beforeEach(async () => {
		store = await STORES[0]!.create();
		process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	});
	afterEach(async () => {
		await closeDesk();
		delete process.env.WHATSAPP_DESK_DATABASE_URL;
		await store.drop();
	});

	const test = (data: object) =>
		linkedDeviceCredentialTest.call({} as ICredentialTestFunctions, { id: '1', name: 'n', type: 't', data } as never);

	it('names every field that cannot be used', async () => {
		const { status, message } = await test({ sessionName: 'Meu Zap', sessionKey: 'curta' });
		expect(status).toBe('Error');
		expect(message).toMatch(/^1\. "Session Name" cannot be used\. .* 2\. "Session Key" is too weak\. /);
	});

	it('says where to activate a number while none is linked', async () => {
		expect(await test(LINKED_CREDENTIALS)).toEqual({
			status: 'OK',
			message: expect.stringContaining('No number is linked with it yet'),
		});
	});

	it('says how the stored session stands', async () => {
		const { store: own } = await getDesk();
		const row = { channel_id: LINKED_CHANNEL, state: 'stopped', problem: 'wrongKey', created_at: 0, updated_at: 0 };
		await own.db.insertInto('linked_session').values(row).execute();
		expect(await test(LINKED_CREDENTIALS)).toEqual({
			status: 'Error',
			message: expect.stringContaining('The link stored as "atendimento" cannot be read.'),
		});
	});

	it.each<[Partial<LinkedDeviceView>, string, string]>([
		[{}, 'OK', 'Connected: Oficina Aurora, +5511987654321, linked 3 days ago.'],
		[{ ageDays: 0, name: null }, 'OK', 'Connected: +5511987654321, linked today.'],
		[
			{ state: 'reconnecting', explanation: 'A linha caiu.' },
			'OK',
			'The credential can be used. Oficina Aurora, +5511987654321 is not connected now (reconnecting). A linha caiu.',
		],
		[
			{ state: 'stopped', problem: 'corruptState', explanation: 'Ative de novo.' },
			'Error',
			'The link stored as "atendimento" cannot be read. Ative de novo.',
		],
	])('%j: %s', (more, status, message) => {
		expect(standing(view(more))).toEqual({ status, message });
	});
});
