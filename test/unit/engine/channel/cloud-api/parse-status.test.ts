import { parseWebhook } from '../../../../../engine/channel/cloud-api/parse';
import { fixture, RECEIVED_AT, statusOf } from './fixture';

describe('statuses', () => {
	it('bring our own id back and say what is charged', () => {
		const { raw: _, ...event } = statusOf('status-delivered');
		expect(event).toEqual({
			type: 'status',
			providerMessageId: 'wamid.SAIDA1',
			status: 'delivered',
			at: 1790000005000,
			recipient: {
				address: '5511988887777',
				waId: '5511988887777',
				bsuid: 'BR.1000000000000001',
				name: 'Ana Souza',
				username: null,
			},
			outboxId: 'out_0001',
			error: null,
			pricing: { category: 'service', type: 'regular', billable: true },
		});
	});

	it('carry each their own instant, so that order can be restored (D-32)', () => {
		const instants = ['status-sent', 'status-delivered', 'status-read-username-only', 'status-played'].map((name) => {
			const { status, at } = statusOf(name);
			return [status, at];
		});
		expect(instants).toEqual([
			['sent', 1790000003000],
			['delivered', 1790000005000],
			['read', 1790000009000],
			['played', 1790000010000],
		]);
	});

	it('name a hidden recipient by its business-scoped id (D-05)', () => {
		expect(statusOf('status-read-username-only').recipient?.address).toBe('BR.1000000000000001');
	});

	it('explain a late failure (D-19)', () => {
		expect(statusOf('status-failed-window').error).toEqual({
			code: 131047,
			title: 'Re-engagement message',
			details:
				'Message failed to send because more than 24 hours have passed since the customer last replied to this number.',
		});
	});

	it('are read in the shape used before v24.0 too', () => {
		expect(statusOf('status-old-shape').pricing).toEqual({
			category: 'utility',
			type: 'free_customer_service',
			billable: false,
		});
	});

	it('reject a status we do not know, and say which', () => {
		const body = fixture('status-sent');
		body.entry[0].changes[0].value.statuses[0].status = 'teleported';
		const { rejected } = parseWebhook(body, RECEIVED_AT);
		expect(rejected[0]!.path).toBe('entry.0.changes.0.value.statuses.0');
		expect(rejected[0]!.reason).toBe('unknown status "teleported"');
	});
});
