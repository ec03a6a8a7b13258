// Runs in a process of its own: takes in every delivery report of a campaign that was sent before.
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { waIdOf } from './fill-store.mjs';

const PER_BODY = 1_000;
/** Meta posts several bodies at the same time. */
const AT_ONCE = 2;
const CREDENTIALS = {
	accessToken: 'bench-token',
	phoneNumberId: '109876543210987',
	wabaId: '102030405060708',
	appSecret: 'bench-app-secret',
	verifyToken: 'bench-verify-token',
	graphVersion: 'v26.0',
	baseUrl: 'http://127.0.0.1:9',
};
const wamidOf = (i) => `wamid.HBgNNTUxMTk4NzY1NDMyMRUCABIY${i.toString(36).toUpperCase().padStart(10, '0')}AA==`;

process.once('message', async ({ dist, store, messages }) => {
	const load = createRequire(join(dist, 'engine', 'index.js'));
	const { openDesk, verifySignature, cloudApiChannelId } = load('./index.js');
	const { insertMany } = load('./store/sql.js');
	const { newId } = load('./ids.js');
	const desk = await openDesk({ store });
	const channelId = cloudApiChannelId(CREDENTIALS.phoneNumberId);
	const ids = await fillOutbox();
	const bodies = ['sent', 'delivered', 'read'].flatMap((status) => bodiesOf(status));

	const before = process.cpuUsage();
	const startedAt = performance.now();
	const perBody = [];
	await Promise.all(Array.from({ length: AT_ONCE }, drain));
	const seconds = (performance.now() - startedAt) / 1_000;
	const cpu = process.cpuUsage(before);

	const read = await desk.store.db
		.selectFrom('outbox')
		.select((e) => e.fn.countAll().as('count'))
		.where('delivery', '=', 'read')
		.executeTakeFirst();
	if (Number(read.count) !== messages) throw new Error(`${read.count} of ${messages} messages are known to be read.`);
	perBody.sort((a, b) => a - b);
	process.send({
		perSecond: (3 * messages) / seconds,
		cpuMsPerStatus: (cpu.user + cpu.system) / 1_000 / (3 * messages),
		msPerBody: perBody[perBody.length >> 1],
	});
	await desk.close();
	process.disconnect();

	async function drain() {
		for (let body = bodies.shift(); body; body = bodies.shift()) {
			const at = performance.now();
			if (!verifySignature(body.bytes, body.signature, CREDENTIALS.appSecret))
				throw new Error('The signature is wrong.');
			await desk.receiveCloudApi(JSON.parse(body.bytes.toString('utf8')), CREDENTIALS);
			perBody.push(performance.now() - at);
		}
	}

	async function fillOutbox() {
		const now = Date.now();
		const made = [];
		for (let from = 0; from < messages; from += 5_000) {
			const rows = Array.from({ length: Math.min(5_000, messages - from) }, (_, i) => rowOf(from + i, now));
			await desk.store.transaction((tx) => insertMany(tx, 'outbox', rows));
			made.push(...rows.map((row) => row.id));
		}
		return made;
	}

	function rowOf(i, now) {
		return {
			id: newId('out', now),
			channel_id: channelId,
			contact_id: `cnt_${i}`,
			conversation_id: `cnv_${i}`,
			address: waIdOf(i),
			content: '{"type":"template","name":"aviso_os","language":"pt_BR","category":"utility"}',
			origin: 'bot',
			dedupe_key: `os|${i}`,
			status: 'sent',
			attempts: 1,
			not_before: 0,
			created_at: now,
			finished_at: now,
			provider_message_id: wamidOf(i),
			priority: 2,
			label: 'os-pronta',
			category: 'utility',
		};
	}

	/** The reports of one step, in an order of their own. */
	function bodiesOf(status) {
		const made = [];
		for (let from = 0; from < messages; from += PER_BODY) {
			const changes = [];
			for (let i = 0; i < Math.min(PER_BODY, messages - from); i++) {
				changes.push(reportOf(from + ((i * 617) % PER_BODY), status));
			}
			const bytes = Buffer.from(
				JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: CREDENTIALS.wabaId, changes }] }),
			);
			const signature = `sha256=${createHmac('sha256', CREDENTIALS.appSecret).update(bytes).digest('hex')}`;
			made.push({ bytes, signature });
		}
		return made;
	}

	function reportOf(i, status) {
		const waId = waIdOf(i);
		const user = `BR.${waId.padStart(16, '1')}`;
		const pricing = { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' };
		const report = {
			id: wamidOf(i),
			status,
			timestamp: String(Math.floor(Date.now() / 1_000)),
			recipient_id: waId,
			recipient_user_id: user,
			biz_opaque_callback_data: ids[i],
			...(status === 'read' ? {} : { pricing }),
		};
		const metadata = { display_phone_number: '551130000000', phone_number_id: CREDENTIALS.phoneNumberId };
		const contacts = [{ profile: { name: `Cliente ${i}` }, wa_id: waId, user_id: user }];
		return { field: 'messages', value: { messaging_product: 'whatsapp', metadata, contacts, statuses: [report] } };
	}
});
