import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDesk, type Desk } from '../../../../engine';
import { DEMO_NUMBER } from '../../../../simulator/options';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { seededRandom } from '../../../support/seeded-random';
import { message, text, wamid, webhook, type Value } from '../../../support/webhook-body';

const FIXTURES = join(__dirname, '../../../fixtures/cloud-api');
const ANA = { waId: '5511987654321', bsuid: 'BR.1' };

describe.each(STORES)('what arrives, on $name', ({ create }) => {
	let store: TestStore;
	const desks: Desk[] = [];
	let desk: Desk;

	const open = async () => {
		const opened = await openDesk({ store: store.settings });
		desks.push(opened);
		return opened;
	};
	beforeEach(async () => {
		store = await create();
		desk = await open();
	});
	afterEach(async () => {
		await Promise.all(desks.splice(0).map((each) => each.close()));
		await store.drop();
	});

	const receive = (...values: Value[]) => desk.receiveCloudApi(webhook(...values), demoCredentials());
	const stored = () => desk.store.db.selectFrom('inbound').selectAll().orderBy('seq').execute();
	const texts = async () => (await stored()).map((row) => (JSON.parse(row.content) as { text: string }).text);
	const conversations = () => desk.store.db.selectFrom('conversation').selectAll().execute();
	const told = (event: string) =>
		desk.store.db.selectFrom('timeline').selectAll().where('event', '=', event).orderBy('seq').execute();

	it('stores every kind of webhook without an exception', async () => {
		const names = readdirSync(FIXTURES).filter((name) => name.endsWith('.json'));
		const kinds: Record<string, string> = {};
		for (const name of names) {
			const before = (await stored()).length;
			const body: unknown = JSON.parse(readFileSync(join(FIXTURES, name), 'utf8'));
			const received = await desk.receiveCloudApi(body, demoCredentials());
			expect({ name, rejected: received.rejected }).toEqual({ name, rejected: 0 });
			const rows = (await stored()).slice(before);
			kinds[name] = rows.map((row) => `${row.kind} ${(JSON.parse(row.content) as { type: string }).type}`).join(', ');
		}
		// Nothing that a person wrote is missing, whatever it was.
		expect(kinds).toMatchObject({
			'text.json': 'message text',
			'audio-voice.json': 'message audio',
			'contacts.json': 'message contacts',
			'edit.json': 'message other',
			'flow-reply.json': 'message other',
			'list-reply.json': 'message menuReply',
			'order.json': 'message order',
			'reaction.json': 'message reaction',
			'unsupported.json': 'message other',
			'unknown-type.json': 'message other',
			'text-username-only.json': 'message text',
			'echo-text.json': 'echo text',
			'status-delivered.json': '',
			'text-group.json': '',
			'template-rejected.json': '',
		});
		expect(await told('account')).toHaveLength(5);
		expect(await told('templateRejected')).toHaveLength(1);
	});

	it('stores the same webhook once when it comes again later (D-02)', async () => {
		const same = webhook(text(ANA, 'Oi'), text(ANA, 'tudo bem?'));
		expect(await desk.receiveCloudApi(same, demoCredentials())).toEqual({ stored: 2, duplicates: 0, rejected: 0 });
		expect(await desk.receiveCloudApi(same, demoCredentials())).toEqual({ stored: 0, duplicates: 2, rejected: 0 });
		expect(await texts()).toEqual(['Oi', 'tudo bem?']);
	});

	it('stores the same message once when it is twice in one webhook (D-02)', async () => {
		const same = text(ANA, 'Oi');
		expect(await receive(same, same)).toMatchObject({ stored: 1, duplicates: 1 });
	});

	it('knows the same message under a phone and under an id (D-36)', async () => {
		const id = wamid();
		await receive(text({ waId: ANA.waId }, 'Oi', { id }));
		expect(await receive(text({ bsuid: ANA.bsuid }, 'Oi', { id }))).toMatchObject({ stored: 0, duplicates: 1 });
	});

	it('stores once what two processes receive at the same time, in different orders (D-02, D-15)', async () => {
		const other = await open();
		const random = seededRandom(7);
		const people = Array.from({ length: 20 }, (_, i) => ({ waId: `55119${80_000_000 + i}`, bsuid: `BR.${i}` }));
		const values = people.flatMap((person) => [text(person, 'Oi'), text(person, 'tem alguém?'), text(person, '2')]);
		const shuffled = () => [...values].sort(() => random() - 0.5);
		const deliveries = Array.from({ length: 6 }, (_, i) => {
			const to = i % 2 === 0 ? desk : other;
			return to.receiveCloudApi(webhook(...shuffled()), demoCredentials());
		});
		// And one message per webhook, all of them twice.
		for (const value of [...shuffled(), ...shuffled()]) {
			deliveries.push((random() < 0.5 ? desk : other).receiveCloudApi(webhook(value), demoCredentials()));
		}
		const received = await Promise.all(deliveries);
		expect(received.reduce((sum, each) => sum + each.stored, 0)).toBe(60);
		expect(await stored()).toHaveLength(60);
		expect(await conversations()).toHaveLength(20);
		expect(await desk.store.db.selectFrom('contact').selectAll().execute()).toHaveLength(20);
	});

	it('opens one conversation for an album of many pictures, however they are delivered (D-15)', async () => {
		const other = await open();
		const pictures = Array.from({ length: 12 }, (_, i) =>
			message(ANA, { type: 'image', image: { id: `media-${i}`, mime_type: 'image/jpeg', sha256: 'x' } }),
		);
		await Promise.all(
			pictures.map((picture, i) => (i % 2 === 0 ? desk : other).receiveCloudApi(webhook(picture), demoCredentials())),
		);
		expect(await stored()).toHaveLength(12);
		expect(await conversations()).toHaveLength(1);
	});

	it('loses no neighbour of a part that cannot be read, and tells which it was', async () => {
		const body = webhook(
			text(ANA, 'antes'),
			{ messages: [{ id: 7 }, 'nonsense', null] },
			{ statuses: 'none' },
			text({}, 'ninguém'),
			text(ANA, 'depois'),
		);
		(body.entry[0]!.changes as unknown[]).push(null, { field: 'messages' }, { field: 9, value: {} });
		const received = await desk.receiveCloudApi(body, demoCredentials());
		expect(received).toMatchObject({ stored: 2, duplicates: 0 });
		expect(await texts()).toEqual(['antes', 'depois']);
		const lines = await told('webhookPartRejected');
		expect(lines).toHaveLength(received.rejected);
		expect(JSON.parse(lines[0]!.data)).toMatchObject({ path: 'entry.0.changes.1.value.messages.0' });
	});

	it('loses no neighbour of a message the database refuses, and tells it (bad input)', async () => {
		// 20 kB of random characters do not fit PostgreSQL's unique index; SQLite takes them.
		const random = seededRandom(1);
		const endless = Array.from({ length: 20_000 }, () => String.fromCharCode(33 + Math.floor(random() * 90))).join('');
		const around = Array.from({ length: 30 }, (_, i) => text(ANA, `mensagem ${i}`));
		const received = await receive(...around.slice(0, 11), text(ANA, 'x', { id: endless }), ...around.slice(11));
		const refused = desk.store.dialect === 'postgres' ? 1 : 0;
		expect(received).toEqual({ stored: 31 - refused, duplicates: 0, rejected: refused });
		expect((await texts()).filter((each) => each !== 'x')).toEqual(around.map((_, i) => `mensagem ${i}`));
		expect(await told('webhookPartRejected')).toHaveLength(refused);
	});

	it.each([
		[null],
		[7],
		['text'],
		[[]],
		[{}],
		[{ object: 'page', entry: [] }],
		[{ object: 'whatsapp_business_account' }],
	])('takes %j for no webhook, and tells it', async (body) => {
		expect(await desk.receiveCloudApi(body, demoCredentials())).toEqual({ stored: 0, duplicates: 0, rejected: 1 });
		expect(await told('webhookPartRejected')).toHaveLength(1);
	});

	it('keeps texts with NUL, lone surrogates and everything else a keyboard can make', async () => {
		await receive(text({ ...ANA, name: 'A\u0000na \ud800' }, 'x\u0000y \ud800 🇧🇷 ‏'));
		expect(await texts()).toEqual(['xy \ud800 🇧🇷 ‏']);
		const [contact] = await desk.store.db.selectFrom('contact').select('name').execute();
		expect(contact!.name).not.toContain('\u0000');
	});

	it('stores 1,000 updates of one body, in their order', async () => {
		const people = Array.from({ length: 100 }, (_, i) => ({ waId: `55119${80_000_000 + i}` }));
		const at = Date.now();
		const values = Array.from({ length: 1_000 }, (_, i) => text(people[i % 100]!, String(i), { at }));
		expect(await receive(...values)).toEqual({ stored: 1_000, duplicates: 0, rejected: 0 });
		expect(await texts()).toEqual(values.map((_, i) => String(i)));
		expect(await conversations()).toHaveLength(100);
	});

	it('puts messages of one body in the order they were sent', async () => {
		const at = Date.now();
		await receive(text(ANA, 'segunda', { at }), text(ANA, 'primeira', { at: at - 5_000 }));
		expect(await texts()).toEqual(['primeira', 'segunda']);
	});

	it('counts what each of many webhooks brought, though they share a commit', async () => {
		const known = text(ANA, 'Oi');
		await receive(known);
		const results = await Promise.all([receive(known), receive(text(ANA, 'a'), text(ANA, 'b')), receive(known)]);
		expect(results.map(({ stored: s, duplicates }) => [s, duplicates])).toEqual([
			[0, 1],
			[2, 0],
			[0, 1],
		]);
	});

	it("keeps the number's phone and the time it was last heard", async () => {
		await receive(text(ANA, 'Oi'));
		const [channel] = await desk.store.db.selectFrom('channel').selectAll().execute();
		expect(channel).toMatchObject({ id: `cloudApi:${DEMO_NUMBER.phoneNumberId}`, phone: '+551130000000' });
		expect(Number(channel!.last_event_at)).toBeGreaterThan(0);
	});
});
