import { followTemplateNews } from '../../../../engine/template/follow-news';
import { ClaimRig } from '../../../support/claim-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { HOUR, someTemplate } from '../../../support/sending-facts';

describe.each(STORES)('a template that changes while messages wait, on $name', ({ create }) => {
	let test: TestStore;
	let rig: ClaimRig;

	beforeEach(async () => {
		test = await create();
		rig = await ClaimRig.open(test.settings, 'cloudApi:1');
		const at = rig.clock.now() - HOUR;
		await rig.store.db
			.insertInto('template')
			.values({
				...{ channel_id: rig.channelId, name: 'lembrete', language: 'pt_BR', provider_id: '77', category: 'utility' },
				...{ status: 'approved', quality: 'green', reason: null, parts: '{}', updated_at: at, edited_at: null },
			})
			.execute();
	});
	afterEach(async () => {
		await rig.close();
		await test.drop();
	});

	const news = (field: string, value: object) => ({
		channelId: rig.channelId,
		key: `${field}|${rig.clock.now()}`,
		event: {
			...{ type: 'account' as const, key: field, field, at: rig.clock.now(), summary: '' },
			raw: { message_template_id: 77, message_template_name: 'lembrete', message_template_language: 'pt_BR', ...value },
		},
	});
	const follow = (field: string, value: object) =>
		rig.store.transaction((tx) => followTemplateNews(tx, [news(field, value)]));
	const paused = () =>
		follow('message_template_status_update', { event: 'PAUSED', reason: 'NONE', other_info: { title: 'FIRST_PAUSE' } });

	it('does not leave in a planned message once it is paused (C-26)', async () => {
		const content = someTemplate();
		const notBefore = rig.clock.now() + HOUR;
		await rig.put(
			rig.message('ana', { content, kind: 'campaign', notBefore }),
			rig.message('bia', { outsideWindow: { type: 'template', content }, notBefore }),
		);
		expect(await rig.claimed()).toEqual([]);
		await paused();
		rig.clock.advance(HOUR);
		expect(await rig.claimed()).toEqual([]);
		for (const contact of ['ana', 'bia']) {
			expect(await rig.row(contact)).toMatchObject({ status: 'refused', error_code: 'templateNotApproved' });
		}
	});

	it('does not leave in a start that waited for its place once it is paused (C-11, C-26)', async () => {
		await rig.configure({ dailyStarts: 1 });
		const content = someTemplate();
		await rig.put(...['ana', 'bia'].map((contact) => rig.message(contact, { content, kind: 'campaign' })));
		expect(await rig.deliver()).toEqual(['ana']);
		await paused();
		rig.clock.advance(24 * HOUR);
		expect(await rig.claimed()).toEqual([]);
		expect(await rig.row('bia')).toMatchObject({ status: 'refused', error_code: 'templateNotApproved' });
	});

	it('is kept from who stopped marketing once Meta moved it there (D-35)', async () => {
		await rig.store.db
			.insertInto('consent')
			.values({
				contact_id: 'ana',
				opted_out_at: null,
				marketing_out_at: 1,
				opted_in_at: null,
				proof: null,
				updated_at: 1,
			})
			.execute();
		const notBefore = rig.clock.now() + HOUR;
		await rig.put(rig.message('ana', { content: someTemplate(), kind: 'notification', notBefore }));
		await follow('template_category_update', { previous_category: 'UTILITY', new_category: 'MARKETING' });
		rig.clock.advance(HOUR);
		expect(await rig.claimed()).toEqual([]);
		expect(await rig.row('ana')).toMatchObject({ status: 'refused', error_code: 'marketingOptedOut' });
	});
});
