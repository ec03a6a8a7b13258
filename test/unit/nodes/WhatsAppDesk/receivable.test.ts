import type { IDataObject } from 'n8n-workflow';
import { acceptSends } from '../../../../engine/conversation/send';
import { closeDesk, getDesk } from '../../../../nodes/shared/desk';
import { WhatsAppDesk } from '../../../../nodes/WhatsAppDesk/WhatsAppDesk.node';
import { planStep, somePlan } from '../../../support/dunning-plans';
import { STORES, type TestStore } from '../../../support/each-store';
import { runNode } from '../../../support/run-node';

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

const run = async (operation: string, parameters: IDataObject = {}, items: IDataObject[] = [{}]) => {
	const [out] = await runNode({
		node: new WhatsAppDesk(),
		parameters: { resource: 'receivable', operation, ...parameters } as never,
		items,
		mode: 'manual',
	});
	return out!.map(({ json }) => json);
};
const ONE = { creditor: 'acme', invoice: 'tit-1' };

/** Ana was reminded of two invoices; nobody sends, so that the test says how it stands. */
async function reminded(status: 'sent' | 'queued', more: Parameters<typeof somePlan>[0] = {}): Promise<string> {
	const desk = await getDesk();
	const plan = somePlan({ steps: [planStep('tit-1'), planStep('tit-2')], validUntil: Date.now() + 1e8, ...more });
	const [accepted] = await acceptSends(
		desk.store,
		[
			{
				...{ channelId: 'cloudApi:1', recipient: { type: 'phone', phone: '11 98765-4321' }, origin: 'bot' },
				...{ content: { type: 'text', text: 'Oi' }, dunning: plan },
			},
		],
		Date.now(),
	);
	const { id } = accepted as { id: string };
	await desk.store.db.updateTable('outbox').set({ status }).where('id', '=', id).execute();
	return id;
}

describe('WhatsApp Desk: Receivable', () => {
	it('settles an invoice and takes back the reminder that waits (X-04)', async () => {
		const id = await reminded('queued');
		const options = { paidCents: 10050, paidAt: '2026-03-09T10:00:00-03:00', reason: 'boleto compensado' };
		expect(await run('settle', { options }, [ONE])).toEqual([
			expect.objectContaining({
				...{ result: 'changed', code: null, ...ONE, state: 'paid', paidCents: 10050 },
				paidAt: '2026-03-09T13:00:00.000Z',
				cancelledMessages: [id],
				explanation: 'A fatura NF tit-1 foi paga em 09/03/2026: R$ 100,50 (boleto compensado; pelo fluxo "Test").',
			}),
		]);
		expect(await run('settle', {}, [ONE])).toMatchObject([{ result: 'unchanged', cancelledMessages: [] }]);
		expect(await run('cancel', {}, [ONE])).toMatchObject([{ result: 'stale', state: 'paid' }]);
	});

	it('takes back the reminder that waits when a part is paid, and goes on reminding of the rest (X-04)', async () => {
		const id = await reminded('queued');
		const options = { paidCents: 4000, paidAt: '2026-03-09T10:00:00-03:00' };
		expect(await run('recordPartPayment', { options }, [ONE])).toEqual([
			expect.objectContaining({
				...{ result: 'changed', ...ONE, state: 'open', paidCents: null, cancelledMessages: [id] },
				explanation:
					'Entrou uma parte da fatura NF tit-1 em 09/03/2026: R$ 40,00 (pelo fluxo "Test"). O que falta continua em aberto.',
			}),
		]);
		const { db } = (await getDesk()).store;
		const message = await db.selectFrom('outbox').select('explanation').where('id', '=', id).executeTakeFirst();
		expect(message!.explanation).toBe(
			'Cancelada: entrou uma parte da fatura NF tit-1, e este lembrete diz o valor de antes.',
		);
		expect(await run('check', {}, [ONE])).toMatchObject([{ open: true }]);
		await reminded('queued', { day: '2026-03-11' });
		const { count } = await db
			.selectFrom('outbox')
			.select((eb) => eb.fn.countAll().as('count'))
			.where('status', '=', 'queued')
			.executeTakeFirstOrThrow();
		expect(Number(count)).toBe(1);
	});

	it('knows a creditor by its CNPJ however it is written', async () => {
		await run('recordDispute', { creditor: '11.222.333/0001-81', invoice: 'a' });
		expect(await run('get', { creditor: '11222333000181', invoice: 'a' })).toMatchObject([{ state: 'disputed' }]);
	});

	it('takes an answer for all that the last reminder of the contact spoke of', async () => {
		const reminderId = await reminded('sent');
		await reminded('queued', { day: '2026-03-11', steps: [planStep('tit-9')] });
		const contact = { contact: '+55 11 98765-4321', selectBy: 'contact' };
		const both = await run('recordAlreadyPaid', contact);
		expect(both.map(({ invoice, state }) => [invoice, state])).toEqual([
			['tit-1', 'claimedPaid'],
			['tit-2', 'claimedPaid'],
		]);
		// As the trigger names it.
		const item = { reminder: { reminderId, date: '2999-01-01' } };
		expect(await run('recordPromise', contact, [item])).toMatchObject([
			{ result: 'refused', code: 'promiseTooFar' },
			{ result: 'refused', code: 'promiseTooFar' },
		]);
	});

	it('says so when the contact was not reminded of anything', async () => {
		await reminded('queued');
		const contact = { contact: '11987654321', selectBy: 'contact' };
		const none = {
			result: 'noReminder',
			explanation: 'Nenhum lembrete foi enviado a este contato: não há fatura a mudar.',
		};
		expect(await run('recordAlreadyPaid', contact)).toEqual([none]);
		expect(await run('check', contact)).toMatchObject([{ open: false, code: 'noReminder' }]);
		await expect(run('recordDispute', { selectBy: 'contact', contact: 'nobody' })).rejects.toMatchObject({
			message: 'There is no contact "nobody".',
		});
	});

	it('records a promise, and says why it does not', async () => {
		const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
		const promise = async (date: string, options: IDataObject = {}) =>
			(await run('recordPromise', { ...ONE, date, options }))[0]!;
		expect(await promise(inDays(20))).toMatchObject({ result: 'refused', code: 'promiseTooFar', state: 'open' });
		expect(await promise(inDays(20), { maxDaysAhead: 30 })).toMatchObject({ result: 'changed', promises: 1 });
		const [year, month, day] = inDays(3).split('-');
		expect(await promise(`${day}/${month}/${year}`)).toMatchObject({ promiseDate: inDays(3), promises: 2 });
		expect(await promise(inDays(4))).toMatchObject({ result: 'refused', code: 'tooManyPromises' });
		expect(await promise(inDays(4), { maxPromises: 3 })).toMatchObject({ promises: 3 });
		expect(await promise('={{ $json.reminder?.date }}')).toMatchObject({ result: 'refused', code: 'noDate' });
		await expect(promise('amanhã')).rejects.toMatchObject({ message: '"Promised Date" is no date: "amanhã".' });
	});

	it.each([
		['wrongPerson', 'wrongPerson'],
		['handToHuman', 'human'],
		['renegotiate', 'renegotiated'],
		['cancel', 'cancelled'],
	])('%s leads to %s, and reopening leads back', async (operation, state) => {
		expect(await run(operation, ONE)).toMatchObject([{ result: 'changed', state }]);
		expect(await run('reopen', { ...ONE, options: { reason: 'engano' } })).toMatchObject([
			{ result: 'changed', state: 'open', reason: 'engano; pelo fluxo "Test"' },
		]);
	});

	it('checks a plan right before it is sent, and hands the item on', async () => {
		const plan = somePlan({ steps: [planStep('tit-1'), planStep('tit-2')] });
		const item = { phone: '11987654321', plan } as unknown as IDataObject;
		const check = async () => (await run('check', { selectBy: 'plan' }, [item]))[0]!;
		expect(await check()).toMatchObject({ phone: '11987654321', open: true, code: null });
		await run('settle', { creditor: 'acme', invoice: 'tit-2', options: { number: 'NF 2' } });
		expect(await check()).toMatchObject({
			...{ open: false, code: 'receivableSettled', reason: 'Não lembrar: a fatura NF 2 já foi paga.' },
			receivables: [
				{ invoice: 'tit-1', open: true },
				{ invoice: 'tit-2', open: false },
			],
		});
	});

	it('lists by state, payer and contact', async () => {
		await run('upsert', { resource: 'contact', phone: '11987654321', name: 'Ana' });
		const options = { payer: '52998224725', contact: '11 98765-4321', dueDate: '2026-03-01', amountCents: 5000 };
		await run('recordDispute', { ...ONE, options });
		await run('handToHuman', { creditor: 'acme', invoice: 'tit-2' });
		const list = async (filters: IDataObject) => (await run('getMany', { filters })).map(({ invoice }) => invoice);
		expect(await list({})).toHaveLength(2);
		expect(await list({ states: ['disputed'] })).toEqual(['tit-1']);
		expect(await list({ payer: '529.982.247-25' })).toEqual(['tit-1']);
		expect(await list({ contact: '+5511987654321', creditor: 'acme' })).toEqual(['tit-1']);
		expect(await list({ contact: '11900000000' })).toEqual([]);
		expect(await run('get', ONE)).toMatchObject([{ dueDate: '2026-03-01', amountCents: 5000, number: null }]);
		await expect(run('get', { creditor: 'acme', invoice: 'none' })).rejects.toMatchObject({
			message: 'The desk knows no invoice "none" of creditor "acme".',
		});
		await expect(run('get', { creditor: 'acme', invoice: '={{ $json.none }}' })).rejects.toMatchObject({
			message: '"Invoice" is empty.',
		});
	});
});
