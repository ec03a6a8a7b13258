import { parseWebhook } from '../../../../../engine/channel/cloud-api/parse';
import type { AccountEvent } from '../../../../../engine/model';
import { eventOf, fixture, RECEIVED_AT } from './fixture';

const account = (name: string) => eventOf(name) as AccountEvent;
const keyOf = (body: unknown, at = RECEIVED_AT) => (parseWebhook(body, at).events[0]!.event as AccountEvent).key;

describe('account news', () => {
	it.each([
		[
			'template-rejected',
			'O modelo "aviso_os" (pt_BR) foi rejeitado: INVALID_FORMAT. Recomendação da Meta: Add text after the variable.',
		],
		['template-quality', 'Qualidade do modelo "aviso_os" (pt_BR): verde → vermelha.'],
		['template-category-announced', 'A Meta vai mudar o modelo "aviso_os" (pt_BR) de UTILITY para MARKETING.'],
		['template-category-changed', 'A Meta mudou o modelo "aviso_os" (pt_BR) de UTILITY para MARKETING.'],
		['number-quality', 'Limites do número 551130000000: ONBOARDING, limite atual TIER_2K.'],
		[
			'account-restricted',
			'Aviso da conta WhatsApp: ACCOUNT_RESTRICTION: SPAM. Restrições: RESTRICTED_BIZ_INITIATED_MESSAGING.',
		],
		['account-error', 'A Meta avisou de um erro na conta: 130429 (Cloud API message throughput has been reached.).'],
		['marketing-opt-out', '5511988887777 pediu à Meta para não receber mais mensagens de marketing.'],
		['unknown-field', 'Novidade da conta WhatsApp: business_username_update.'],
	])('%s is told in Portuguese', (name, summary) => {
		expect(account(name).summary).toBe(summary);
	});

	it('happens when Meta says it did, else when it arrived', () => {
		expect(account('template-rejected').at).toBe(1790000006000);
		expect(account('account-error').at).toBe(RECEIVED_AT);
	});

	it('has the same key when the same webhook comes again, whatever the order of its fields', () => {
		const body = fixture('template-rejected');
		const again = fixture('template-rejected');
		const change = again.entry[0].changes[0];
		change.value = Object.fromEntries(Object.entries(change.value).reverse());
		expect(keyOf(again, RECEIVED_AT + 60_000)).toBe(keyOf(body));
	});

	it('has another key when the same thing happens at another time', () => {
		const later = fixture('template-rejected');
		later.entry[0].time += 60;
		expect(keyOf(later)).not.toBe(keyOf(fixture('template-rejected')));
		expect(keyOf(fixture('account-error'), RECEIVED_AT + 86_400_000)).not.toBe(keyOf(fixture('account-error')));
	});

	it('gives each opt-out an event of its own', () => {
		const body = fixture('marketing-opt-out');
		const { user_preferences } = body.entry[0].changes[0].value;
		user_preferences.push({ ...user_preferences[0], wa_id: '5511977776666', user_id: 'BR.2', value: 'resume' });
		const { events } = parseWebhook(body, RECEIVED_AT);
		expect(events.map(({ event }) => event.raw)).toEqual(user_preferences);
		expect(new Set(events.map(({ event }) => (event as AccountEvent).key)).size).toBe(2);
	});

	it('survives a value nested deeper than any stack', () => {
		let nested: unknown = 1;
		for (let i = 0; i < 200_000; i++) nested = [nested];
		const body = fixture('unknown-field');
		body.entry[0].changes[0].value = { nested };
		expect(parseWebhook(body, RECEIVED_AT).events).toHaveLength(1);
	});

	it('reads values of the wrong type without failing', () => {
		const fields = [
			'account_update',
			'message_template_status_update',
			'template_category_update',
			'user_preferences',
			'__proto__',
		];
		for (const field of fields) {
			const body = fixture('unknown-field');
			body.entry[0].changes[0] = { field, value: { event: {}, violation_info: 3, restriction_info: {}, ban_info: [] } };
			expect(parseWebhook(body, RECEIVED_AT).events).toHaveLength(1);
		}
	});
});
