import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseWebhook } from '../../../../../engine/channel/cloud-api/parse';
import { fixture, RECEIVED_AT } from './fixture';

const idsOf = (body: unknown) =>
	parseWebhook(body, RECEIVED_AT).events.map(
		({ event }) => (event as { providerMessageId?: string }).providerMessageId,
	);

describe('a webhook body', () => {
	it.each(
		readdirSync(join(__dirname, '../../../../fixtures/cloud-api'))
			.map((file) => file.replace('.json', ''))
			.filter((name) => name !== 'text-group'),
	)('gives exactly one event for %s (D-31)', (name) => {
		const { events, rejected } = parseWebhook(fixture(name), RECEIVED_AT);
		expect(rejected).toEqual([]);
		expect(events).toHaveLength(1);
	});

	it('is walked over all entries, changes and lists', () => {
		const body = fixture('text');
		body.entry[0].changes.push(fixture('status-sent').entry[0].changes[0]);
		body.entry.push(fixture('echo-text').entry[0], fixture('list-reply').entry[0]);
		expect(idsOf(body)).toEqual(['wamid.TEXTO', 'wamid.SAIDA1', 'wamid.ECO', 'wamid.LISTA']);
	});

	it('loses no neighbour to a malformed element', () => {
		const body = fixture('text');
		const value = body.entry[0].changes[0].value;
		const good = value.messages[0];
		value.messages = [
			null,
			{ ...good, id: 'wamid.1' },
			'text',
			{ ...good, id: '' },
			{ ...good, timestamp: 'yesterday' },
			{ ...good, id: 'wamid.2' },
		];
		value.statuses = [{ id: 'x' }, fixture('status-sent').entry[0].changes[0].value.statuses[0]];
		value.errors = ['x'];
		body.entry.push(null, { changes: 5 }, { changes: [null, { field: 'messages' }, { field: 'messages', value: {} }] });
		body.entry.push(fixture('image').entry[0]);

		const { events, rejected } = parseWebhook(body, RECEIVED_AT);
		expect(events.map(({ event }) => (event as any).providerMessageId)).toEqual([
			'wamid.1',
			'wamid.2',
			'wamid.SAIDA1',
			'wamid.IMAGEM',
		]);
		expect(rejected.map(({ path }) => path)).toEqual([
			'entry.0.changes.0.value.messages.0',
			'entry.0.changes.0.value.messages.2',
			'entry.0.changes.0.value.messages.3',
			'entry.0.changes.0.value.messages.4',
			'entry.0.changes.0.value.statuses.0',
			'entry.0.changes.0.value.errors.0',
			'entry.1',
			'entry.2',
			'entry.3.changes.0',
			'entry.3.changes.1.value',
			'entry.3.changes.2.value',
		]);
	});

	it.each([undefined, null, 5, 'x', [], {}, { object: 'whatsapp_business_account' }, { object: 'page', entry: [] }])(
		'that is %p is rejected as a whole, without an exception',
		(body) => {
			const { events, rejected } = parseWebhook(body, RECEIVED_AT);
			expect(events).toEqual([]);
			expect(rejected).toHaveLength(1);
		},
	);

	it('tells which number each event belongs to, and null when it is not said', () => {
		const body = fixture('text');
		body.entry[0].changes.push({ field: 'account_update', value: { event: 'X' } });
		expect(parseWebhook(body, RECEIVED_AT).events.map((one) => one.channelPhoneNumberId)).toEqual([
			'100200300400500',
			null,
		]);
	});

	it('of 1,000 updates keeps them all, in order', () => {
		const body = fixture('text');
		const value = body.entry[0].changes[0].value;
		const good = value.messages[0];
		value.messages = Array.from({ length: 1000 }, (_, i) => ({ ...good, id: `wamid.${i}` }));
		expect(idsOf(body)).toEqual(Array.from({ length: 1000 }, (_, i) => `wamid.${i}`));
	});
});
