import {
	createQuickReply,
	deleteQuickReply,
	getQuickReply,
	listQuickReplies,
	openDesk,
	updateQuickReply,
	type Desk,
} from '../../../../engine';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';

describe.each(STORES)('ready messages on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;
	const clock = new StandingClock(Date.parse('2026-03-10T13:00:00Z'));

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings, clock });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const names = async () => (await listQuickReplies(desk)).map(({ name }) => name);

	it('none exists until somebody creates one (B-79)', async () => {
		expect(await listQuickReplies(desk)).toEqual([]);
		await expect(getQuickReply(desk, 'Boas-vindas')).rejects.toMatchObject({
			message: 'There is no quick reply "Boas-vindas".',
			hint: 'None exists yet. Create one with WhatsApp Desk: Quick Reply: Create.',
		});
	});

	it('keeps name and content with line breaks, and tells its variables (B-73, B-74)', async () => {
		const made = await createQuickReply(desk, {
			name: '  Segunda   via ',
			content: ' Oi, [Cliente]!\n*Segue* o boleto. ',
		});
		expect(made).toEqual({
			id: expect.stringMatching(/^qrp_/),
			name: 'Segunda via',
			content: 'Oi, [Cliente]!\n*Segue* o boleto.',
			variables: ['[Cliente]'],
			createdAt: clock.now(),
			updatedAt: clock.now(),
		});
		expect(await getQuickReply(desk, made.id)).toEqual(made);
		expect(await getQuickReply(desk, 'SEGUNDA VIA')).toEqual(made);
	});

	it('lists in alphabetical order, as people sort (B-77)', async () => {
		for (const name of ['Pix 10', 'boleto', 'Ágio', 'Pix 9', 'Cartão'])
			await createQuickReply(desk, { name, content: 'x' });
		expect(await names()).toEqual(['Ágio', 'boleto', 'Cartão', 'Pix 9', 'Pix 10']);
	});

	it('refuses a name that differs only by capitals or accents', async () => {
		await createQuickReply(desk, { name: 'Preço', content: 'x' });
		const taken = {
			name: 'RuleBroken',
			rule: 'quickReplyNameTaken',
			message: 'There already is a quick reply named "Preço".',
		};
		await expect(createQuickReply(desk, { name: 'PRECO', content: 'y' })).rejects.toMatchObject(taken);
		const other = await createQuickReply(desk, { name: 'Prazo', content: 'y' });
		await expect(updateQuickReply(desk, other.id, { name: 'preço' })).rejects.toMatchObject(taken);
		expect(await names()).toEqual(['Prazo', 'Preço']);
	});

	it('lets only one of two creations of a name at once through', async () => {
		const both = await Promise.allSettled([
			createQuickReply(desk, { name: 'Horário', content: 'a' }),
			createQuickReply(desk, { name: 'horario', content: 'b' }),
		]);
		expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
		expect(await names()).toHaveLength(1);
	});

	it('edits what is named and leaves the rest (B-76)', async () => {
		const made = await createQuickReply(desk, { name: 'Pix', content: 'Chave: 1' });
		clock.advance(60_000);
		const edited = await updateQuickReply(desk, 'pix', { content: 'Chave: 2' });
		expect(edited).toEqual({ ...made, content: 'Chave: 2', updatedAt: clock.now() });
		expect(await updateQuickReply(desk, made.id, { name: 'PIX' })).toMatchObject({ name: 'PIX', content: 'Chave: 2' });
		expect(await names()).toEqual(['PIX']);
	});

	it('deletes one, and says which there are when it is not found (B-76)', async () => {
		await createQuickReply(desk, { name: 'Pix', content: 'x' });
		await createQuickReply(desk, { name: 'Boleto', content: 'x' });
		await createQuickReply(desk, { name: 'Cartão', content: 'x' });
		await deleteQuickReply(desk, 'pix');
		await expect(deleteQuickReply(desk, 'pix')).rejects.toMatchObject({
			message: 'There is no quick reply "pix".',
			hint: 'Quick replies there are: Boleto, Cartão.',
		});
	});

	it.each([
		[{ name: ' ', content: 'x' }, 'A quick reply needs a name.'],
		[{ name: 'n'.repeat(101), content: 'x' }, 'The name has 101 characters; at most 100 are possible.'],
		[{ name: 'n', content: ' \n' }, 'A quick reply needs a content.'],
		[
			{ name: 'n', content: 'x'.repeat(4_097) },
			'The content has 4097 characters; WhatsApp takes at most 4096 in one text.',
		],
	])('refuses what cannot be used (%#)', async (given, message) => {
		await expect(createQuickReply(desk, given)).rejects.toMatchObject({ name: 'ConfigurationError', message });
		expect(await names()).toEqual([]);
	});

	it('takes the longest content WhatsApp can send', async () => {
		const content = 'ç'.repeat(4_096);
		expect((await createQuickReply(desk, { name: 'n', content })).content).toBe(content);
	});
});
