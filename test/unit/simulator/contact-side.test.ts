import { ANA, startRehearsal, type Rehearsal } from './support';

describe('what a contact does on the phone (X-10)', () => {
	let rehearsal: Rehearsal;
	beforeEach(async () => {
		rehearsal = await startRehearsal();
		await rehearsal.simulator.admin.say(ANA, 'Oi');
	});
	afterEach(() => rehearsal.close());
	const admin = () => rehearsal.simulator.admin;
	const lastMessage = async () => {
		await admin().waitForIdleWebhooks();
		return rehearsal.receiver
			.changes()
			.filter((change) => change.value.messages)
			.at(-1)!.value.messages[0];
	};
	const menu = async (interactive: Record<string, unknown>) =>
		(await rehearsal.send({ type: 'interactive', interactive: { body: { text: 'Escolha' }, ...interactive } })).body
			.messages[0].id as string;

	it('taps a list row by id or title and quotes the menu', async () => {
		const rows = [{ id: 'sector_2', title: 'Financeiro', description: 'Boletos' }];
		const id = await menu({ type: 'list', action: { button: 'Ver opções', sections: [{ title: 'Filas', rows }] } });
		await admin().tap(ANA, 'Financeiro');
		expect(await lastMessage()).toMatchObject({
			type: 'interactive',
			context: { from: '551130000000', id },
			interactive: {
				type: 'list_reply',
				list_reply: { id: 'sector_2', title: 'Financeiro', description: 'Boletos' },
			},
		});
		await admin().tap(ANA, 'sector_2');
		expect((await lastMessage()).interactive.list_reply.id).toBe('sector_2');
	});

	it('taps a button, also of an older message', async () => {
		const button = (id: string, title: string) => ({ type: 'reply', reply: { id, title } });
		const older = await menu({ type: 'button', action: { buttons: [button('a', 'Sim')] } });
		await menu({ type: 'button', action: { buttons: [button('b', 'Sim')] } });
		await admin().tap(ANA, 'Sim');
		expect((await lastMessage()).interactive).toEqual({
			type: 'button_reply',
			button_reply: { id: 'b', title: 'Sim' },
		});
		await admin().tap(ANA, 'Sim', older);
		expect((await lastMessage()).interactive.button_reply.id).toBe('a');
		await expect(admin().tap(ANA, 'Não')).rejects.toThrow("offers the option 'Não'");
	});

	it('answers a template button in its own shape, by payload or label', async () => {
		const quick = (text: string) => ({ type: 'QUICK_REPLY', text });
		await admin().addTemplate({
			name: 'aviso_os',
			components: [
				{ type: 'BODY', text: 'A sua ordem de serviço mudou.' },
				{ type: 'BUTTONS', buttons: [quick('Parar avisos'), quick('Falar com atendente')] },
			],
		});
		const button = {
			type: 'button',
			sub_type: 'quick_reply',
			index: '0',
			parameters: [{ type: 'payload', payload: 'stop' }],
		};
		const template = { name: 'aviso_os', language: { code: 'pt_BR' }, components: [button] };
		await rehearsal.send({ type: 'template', template });
		await admin().tap(ANA, 'stop');
		expect((await lastMessage()).button).toEqual({ payload: 'stop', text: 'Parar avisos' });
		await admin().tap(ANA, 'Falar com atendente');
		expect((await lastMessage()).button).toEqual({ payload: 'Falar com atendente', text: 'Falar com atendente' });
	});

	it('sends places, reactions, unsupported things, ads and raw messages', async () => {
		await admin().say(ANA, { type: 'location', latitude: -23.5, longitude: -46.6, name: 'Loja' });
		expect((await lastMessage()).location).toEqual({ latitude: -23.5, longitude: -46.6, name: 'Loja' });
		await admin().say(ANA, { type: 'reaction', messageId: 'wamid.A', emoji: '' });
		expect((await lastMessage()).reaction).toEqual({ message_id: 'wamid.A' });
		await admin().say(ANA, { type: 'unsupported', unsupportedType: 'poll_creation' });
		expect(await lastMessage()).toMatchObject({ errors: [{ code: 131051 }], unsupported: { type: 'poll_creation' } });
		await admin().say(ANA, { type: 'text', text: 'Vi o anúncio', extra: { referral: { source_type: 'ad' } } });
		expect((await lastMessage()).referral).toEqual({ source_type: 'ad' });
		const system = { type: 'system', system: { type: 'user_changed_user_id', user_id: 'BR.2' } };
		await admin().say(ANA, { type: 'raw', bare: true, message: { id: 'wamid.C', timestamp: '1790000002', ...system } });
		expect(await lastMessage()).toEqual({ id: 'wamid.C', timestamp: '1790000002', ...system });
	});

	it('keeps the order of each contact when many write at once', async () => {
		const people = Array.from({ length: 20 }, (_, index) => `55119876500${String(index).padStart(2, '0')}`);
		const batch = [1, 2, 3].flatMap((n) => people.map((waId) => ({ waId, type: 'text' as const, text: `${n}` })));
		expect(new Set(await admin().sayMany(batch)).size).toBe(60);
		await admin().waitForIdleWebhooks();
		const heard = new Map<string, string[]>();
		for (const { value } of rehearsal.receiver.changes()) {
			const { from, text } = value.messages[0];
			heard.set(from, [...(heard.get(from) ?? []), text.body]);
		}
		expect(people.map((waId) => heard.get(waId))).toEqual(people.map(() => ['1', '2', '3']));
	});

	it('echoes what is typed on the company phone, without opening the window', async () => {
		const stranger = '5511999990000';
		await admin().typeOnCompanyPhone(stranger, 'Oi, sou a Bia');
		await admin().waitForIdleWebhooks();
		const echo = rehearsal.receiver.changes().find((change) => change.field === 'smb_message_echoes')!.value;
		expect(echo.message_echoes[0]).toMatchObject({
			from: '551130000000',
			to: stranger,
			text: { body: 'Oi, sou a Bia' },
		});
		await rehearsal.send({ to: stranger, type: 'text', text: { body: 'a' } });
		await admin().waitForIdleWebhooks();
		expect(rehearsal.statuses().at(-1).errors[0].code).toBe(131047);
	});
});
