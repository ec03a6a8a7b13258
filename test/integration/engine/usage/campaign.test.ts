import {
	deliveryReport,
	getContact,
	openDesk,
	readStory,
	saveContacts,
	sendMessages,
	type Desk,
	type SendRequest,
} from '../../../../engine';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { StandingClock } from '../../../support/moving-clock';
import { text, webhook } from '../../../support/webhook-body';

const NOW = Date.parse('2026-11-23T15:00:00Z');
const CHANNEL = 'cloudApi:1';
const ANA = '+5511987654321';
const ANINHA = { waId: ANA.slice(1), bsuid: 'BR.1', name: 'aninha ✨' };
const EVER = { since: null, until: null };

describe.each(STORES)('a campaign on $name', ({ create }) => {
	let store: TestStore;
	let desk: Desk;

	beforeEach(async () => {
		store = await create();
		desk = await openDesk({ store: store.settings, clock: new StandingClock(NOW) });
	});
	afterEach(async () => {
		await desk.close();
		await store.drop();
	});

	const invitation = (phone: string, name: string, facts: Partial<SendRequest> = {}): SendRequest => ({
		channelId: CHANNEL,
		recipient: { type: 'phone', phone, name },
		content: { type: 'text', text: 'Venha nos visitar!' },
		origin: 'bot',
		kind: 'campaign',
		label: 'visita',
		dedupeKey: `visita|${name}`,
		...facts,
	});

	it('counts who has no usable phone and what cannot be filled, once for the same list (V-11, V-12)', async () => {
		const unsendable = { type: 'unsendable', code: 'templateVariablesMissing', explanation: 'Falta o valor de {{1}}.' };
		const list = [
			invitation(ANA, 'Ana'),
			invitation('', 'Beto'),
			invitation('123', 'Caio'),
			invitation('+5521976543210', 'Dora', { content: unsendable as SendRequest['content'] }),
			invitation('', 'Eva', { label: 'outra' }),
		];
		await sendMessages(desk, list, 0);
		await sendMessages(desk, list, 0);
		const [report] = await deliveryReport(desk, { label: 'visita', ...EVER });
		expect(report).toMatchObject({ total: 4, waiting: 1, refused: 3 });
		expect(report!.reasons.map(({ code, count }) => [code, count])).toEqual([
			['noPhone', 2],
			['templateVariablesMissing', 1],
		]);
		expect((await deliveryReport(desk, EVER)).map(({ label, total }) => [label, total]).sort()).toEqual([
			['outra', 1],
			['visita', 4],
		]);
	});

	it('forgets a refusal once the corrected row went out under the same key', async () => {
		await sendMessages(desk, [invitation('', 'Beto')], 0);
		await sendMessages(desk, [invitation('+5531965432109', 'Beto')], 0);
		expect(await deliveryReport(desk, { label: 'visita', ...EVER })).toMatchObject([
			{ total: 1, waiting: 1, refused: 0, reasons: [] },
		]);
	});

	it('tells by name whom it has not reached, and why (V-18, X-09)', async () => {
		await sendMessages(desk, [invitation(ANA, 'Ana'), invitation('', 'Beto')], 0);
		const story = await readStory(desk, { type: 'campaign', id: 'visita' }, 10);
		expect(story.map(({ event, text, code }) => [event, text, code]).sort()).toEqual([
			['messagePostponed', 'Ana: Na fila, sai em seguida.', undefined],
			['messageRefused', 'Beto: Não possui telefone para envio de mensagem', 'noPhone'],
		]);
		expect(await readStory(desk, { type: 'campaign', id: 'nenhuma' }, 10)).toEqual([]);
	});

	it('keeps the names of the list when people write under names of their own', async () => {
		const nameOf = async () => (await getContact(desk, ANA)).name;
		await desk.receiveCloudApi(webhook(text(ANINHA, 'Oi')), demoCredentials());
		expect(await nameOf()).toBe('aninha ✨');
		await saveContacts(desk, [{ phone: ANA, name: 'Ana Souza' }]);
		await desk.receiveCloudApi(webhook(text(ANINHA, 'Oi de novo')), demoCredentials());
		expect(await nameOf()).toBe('Ana Souza');
		await sendMessages(desk, [invitation(ANA, 'Ana de Souza')], 0);
		expect(await nameOf()).toBe('Ana de Souza');
	});
});
