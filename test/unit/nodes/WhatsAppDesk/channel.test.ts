import type { IDataObject } from 'n8n-workflow';
import { closeDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { startRig, type DeskRig } from '../../../support/desk-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

let store: TestStore;
let rig: DeskRig;

beforeEach(async () => {
	store = await STORES[0]!.create();
	process.env.WHATSAPP_DESK_DATABASE_URL = `sqlite:${(store.settings as { path: string }).path}`;
	rig = await startRig(store.settings);
});

afterEach(async () => {
	await closeDesk();
	delete process.env.WHATSAPP_DESK_DATABASE_URL;
	await rig.close();
	await store.drop();
});

const run = async (operation: string, parameters: IDataObject = {}, items: IDataObject[] = [{}]) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'channel', operation, ...parameters } as never,
		credentials: { whatsAppCloudApi: { ...rig.credentials } },
		items,
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};

describe('Channel: limits', () => {
	it('shows what is in force', async () => {
		const [limits] = await run('getLimits');
		expect(limits).toMatchObject({ channel: rig.channelId, maxStartsPerDay: 0, cooldownHours: 24, currency: 'USD' });
		expect(limits).toMatchObject({ startsToday: 0, capToday: null });
	});

	it('changes only what is added and shows what changed (C-11, C-12)', async () => {
		const [after] = await run('setLimits', { limits: { maxStartsPerDay: 40, maxStartsPerBatch: '={{ 2 + 3 }}' } });
		expect(after).toMatchObject({ capToday: 40, maxStartsPerDay: 40, maxStartsPerBatch: 5, cooldownHours: 24 });
		expect(after!.changes).toEqual([
			{ field: 'maxStartsPerDay', from: 0, to: 40 },
			{ field: 'maxStartsPerBatch', from: 0, to: 5 },
			{ field: 'minutesBetweenBatches', from: 0, to: 10 },
		]);
		expect(await run('getLimits')).toEqual([expect.objectContaining({ maxStartsPerDay: 40 })]);
	});

	it('names the field of a wrong value', async () => {
		await expect(run('setLimits', { limits: { currency: 'real' } })).rejects.toMatchObject({
			message: '"Currency" must be three capital letters, but it is "real".',
		});
		await expect(run('setLimits', { limits: { maxStartsPerDay: '={{ "muitos" }}' } })).rejects.toMatchObject({
			message: '"Max Starts Per Day" must be a number, but it is "muitos".',
		});
		await expect(run('setLimits')).rejects.toMatchObject({ message: '"Limits" is empty.' });
	});
});

describe('Channel: Diagnose (X-13, D-30)', () => {
	it('gives a summary and one item per check, each with what to fix', async () => {
		const [summary, ...checks] = await run('diagnose');
		expect(summary).toMatchObject({ check: 'summary', ok: false, fix: null, channel: rig.channelId });
		expect(checks.map(({ check }) => check)).toEqual(
			expect.arrayContaining(['token', 'number', 'callback', 'lastEvent', 'triggers', 'clock', 'store', 'outbox']),
		);
		expect(checks.find(({ check }) => check === 'token')).toMatchObject({ ok: true });
		for (const { ok, fix } of checks) expect(typeof fix).toBe(ok ? 'object' : 'string');
	});

	it('leaves out what is in order when asked to', async () => {
		const [summary, ...checks] = await run('diagnose', { onlyWrong: true });
		expect(summary!.check).toBe('summary');
		expect(checks.length).toBeGreaterThan(0);
		expect(checks.every(({ ok }) => ok === false)).toBe(true);
	});
});

describe('Channel: Send Test', () => {
	it('has the labels of the form (B-30)', () => {
		const { properties } = new WhatsAppDesk().description;
		const field = (name: string) =>
			properties.find((one) => one.name === name && one.displayOptions?.show?.operation?.includes('sendTest'));
		expect(field('phone')!.description).toBe('Número de telefone que vai receber as mensagens de teste:');
		expect(field('message')!.default).toBe('Teste de integração WhatsApp');
		const operations = properties.find(
			(one) => one.name === 'operation' && one.displayOptions?.show?.resource?.includes('channel'),
		)!.options!;
		expect(operations).toContainEqual(expect.objectContaining({ value: 'sendTest', name: 'Send Test' }));
		expect(JSON.stringify(operations)).toContain('Enviar Teste');
	});
});
