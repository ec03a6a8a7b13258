import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { openDesk, readInboundMedia, type Desk, type InboundFile } from '../../../../engine';
import { compileTree, type CompiledTree } from '../../../support/compile-tree';
import { demoCredentials } from '../../../support/demo-credentials';
import { STORES, type TestStore } from '../../../support/each-store';
import { eventually } from '../../../support/eventually';
import { answer, startMediaServer, type MediaServer } from '../../../support/media-server';
import { MovingClock } from '../../../support/moving-clock';
import { message, text, wamid, webhook } from '../../../support/webhook-body';

const ANA = { waId: '5511987654321', name: 'Ana' };
const PDF = Buffer.from('%PDF-1.7 comprovante');
const DAY = 24 * 3_600_000;

describe.each(STORES)('files that customers send, on $name', ({ create }) => {
	let store: TestStore;
	let graph: MediaServer;
	let clock: MovingClock;
	const desks: Desk[] = [];

	beforeEach(async () => {
		store = await create();
		graph = await startMediaServer();
		clock = new MovingClock();
	});
	afterEach(async () => {
		for (const desk of desks.splice(0)) await desk.close();
		await graph.close();
		await store.drop();
	});

	const open = async ({ reachable = true, keepMediaDays = 90 } = {}) => {
		const desk = await openDesk({ store: store.settings, clock, keepMediaDays });
		desks.push(desk);
		if (reachable) await desk.useCloudApi(demoCredentials(graph.url));
		return desk;
	};
	/** A message with a file arrives. */
	const sends = async (desk: Desk, fileId: string, file: Record<string, unknown> = {}, type = 'document') => {
		const id = wamid();
		const body = message(ANA, { type, [type]: { id: fileId, mime_type: 'application/pdf', ...file } }, { id });
		await desk.receiveCloudApi(webhook(body), demoCredentials(graph.url));
		const row = await desk.store.db
			.selectFrom('inbound')
			.select('id')
			.where('provider_message_id', '=', id)
			.executeTakeFirstOrThrow();
		return { id: row.id, wamid: id };
	};
	const row = (desk: Desk, id: string) =>
		desk.store.db.selectFrom('inbound_media').selectAll().where('inbound_id', '=', id).executeTakeFirst();
	const until = (desk: Desk, id: string, status: string) =>
		eventually(async () => (await row(desk, id))?.status === status);
	const blobs = async (desk: Desk) =>
		(await desk.store.db.selectFrom('blob').select('id').execute()).map(({ id }) => id);
	const lost = async (desk: Desk) =>
		(
			await desk.store.db.selectFrom('timeline').select(['text', 'data']).where('event', '=', 'mediaLost').execute()
		).map(({ text: line, data }) => [line, (JSON.parse(data) as { messageId: string }).messageId]);

	it('are stored at once, and found by our id and by that of WhatsApp (D-31)', async () => {
		const desk = await open();
		graph.files.set('1', { bytes: PDF, mimeType: 'application/pdf' });
		const sent = await sends(desk, '1', { filename: '../../Comprovante\u202efdp.exe' });
		const file: InboundFile = {
			type: 'file',
			messageId: sent.id,
			bytes: PDF,
			mimeType: 'application/pdf',
			fileName: 'Comprovantefdp.exe.pdf',
			size: PDF.length,
			sha256: createHash('sha256').update(PDF).digest('hex'),
		};
		expect(await readInboundMedia(desk, sent.id, { waitMs: 10_000 })).toEqual(file);
		graph.files.clear();
		expect(await readInboundMedia(desk, sent.wamid, { waitMs: 0 })).toEqual(file);
		expect(graph.asked).toHaveLength(2);
	});

	it('are fetched for every kind of message, also what a person sent from the company phone', async () => {
		const desk = await open();
		const kinds = ['image', 'video', 'audio', 'sticker'];
		for (const kind of kinds) graph.files.set(kind, { bytes: Buffer.from(kind), mimeType: `x/${kind}` });
		const ids = [];
		for (const kind of kinds) ids.push((await sends(desk, kind, {}, kind)).id);
		graph.files.set('echoed', { bytes: PDF });
		const echoed = { id: wamid(), timestamp: '1790000000', type: 'document', document: { id: 'echoed' } };
		const echo = { message_echoes: [{ from: '551130000000', to: ANA.waId, ...echoed }] };
		await desk.receiveCloudApi(webhook(echo), demoCredentials(graph.url));
		for (const id of ids) await until(desk, id, 'stored');
		expect(await readInboundMedia(desk, echoed.id, { waitMs: 10_000 })).toMatchObject({ bytes: PDF });
		expect(await readInboundMedia(desk, ids[0]!, { waitMs: 0 })).toMatchObject({
			mimeType: 'x/image',
			fileName: ids[0],
		});
	});

	it('cost nothing where there is no file, and say so', async () => {
		const desk = await open();
		const id = wamid();
		await desk.receiveCloudApi(webhook(text(ANA, 'Oi', { id })), demoCredentials(graph.url));
		expect(await readInboundMedia(desk, id, { waitMs: 0 })).toMatchObject({
			type: 'missing',
			code: 'noMedia',
			reason: 'A mensagem não traz arquivo.',
		});
		expect(await desk.store.db.selectFrom('inbound_media').selectAll().execute()).toEqual([]);
		await expect(readInboundMedia(desk, 'msg_none', { waitMs: 0 })).rejects.toThrow(
			'There is no received message "msg_none".',
		);
	});

	it('are tried again after a failure, and given up with a reason when they are gone (X-09)', async () => {
		const desk = await open();
		graph.files.set('1', { bytes: PDF, lookUp: (response) => response.writeHead(503).end() });
		const { id } = await sends(desk, '1');
		await eventually(async () => (await row(desk, id))?.attempts === 1 && (await row(desk, id))?.claimed_by === null);
		expect(await readInboundMedia(desk, id, { waitMs: 0 })).toMatchObject({
			code: 'notYet',
			reason:
				'O arquivo ainda não foi baixado: a resposta da Meta não pôde ser lida (HTTP 503). Ele continua sendo buscado.',
		});
		graph.files.delete('1');
		clock.advance(5_001);
		await until(desk, id, 'gone');
		const reason = 'a Meta não tem mais o arquivo: o prazo de 7 dias terminou ou ele foi apagado';
		expect(await lost(desk)).toEqual([
			[`O arquivo recebido não pôde ser guardado: ${reason}. Peça ao contato que o envie de novo.`, id],
		]);
		expect(await readInboundMedia(desk, id, { waitMs: 5_000 })).toMatchObject({
			code: 'gone',
			reason: `O arquivo não pode mais ser obtido: ${reason}. Peça ao contato que o envie de novo.`,
		});
	});

	it('that rest after a failure are fetched as soon as somebody asks for them', async () => {
		const desk = await open();
		graph.files.set('1', { bytes: PDF, lookUp: (response) => response.writeHead(503).end() });
		const { id } = await sends(desk, '1');
		await eventually(async () => (await row(desk, id))?.reason !== null);
		graph.files.set('1', { bytes: PDF });
		expect(await readInboundMedia(desk, id, { waitMs: 10_000 })).toMatchObject({ type: 'file', bytes: PDF });
	});

	it('wait for a new token, and come when it is there', async () => {
		const desk = await open();
		let expired = true;
		const file = { bytes: PDF };
		graph.files.set('1', {
			...file,
			lookUp: (response) => {
				if (!expired) graph.files.set('1', file);
				answer(response, 401, { error: { code: 190, message: 'expired' } });
			},
		});
		const { id } = await sends(desk, '1');
		await eventually(async () => (await row(desk, id))?.reason !== null);
		expired = false;
		graph.files.set('1', file);
		await desk.useCloudApi({ ...demoCredentials(graph.url), accessToken: 'renewed' });
		await until(desk, id, 'stored');
		expect(graph.asked.at(-1)).toEqual({ path: '/file/1', token: 'renewed' });
	});

	it('are fetched once when several processes could', async () => {
		const [first] = [await open(), await open(), await open()];
		const ids = Array.from({ length: 40 }, (_, i) => `f${i}`);
		for (const id of ids) graph.files.set(id, { bytes: Buffer.from(id) });
		const bodies = ids.map((id) => message(ANA, { type: 'image', image: { id, mime_type: 'image/jpeg' } }));
		await first.receiveCloudApi(webhook(...bodies), demoCredentials(graph.url));
		for (const desk of desks) desk.media.nudge();
		await eventually(async () => (await blobs(first)).length === ids.length);
		const downloads = graph.asked.map(({ path }) => path).filter((path) => path.startsWith('/file/'));
		expect(downloads.sort()).toEqual(ids.map((id) => `/file/${id}`).sort());
	});

	it('that come slowly are left to the process that is at it', async () => {
		const [first] = [await open(), await open()];
		let deliver!: () => void;
		graph.files.set('1', {
			bytes: PDF,
			download: (response) => (deliver = () => void response.writeHead(200).end(PDF)),
		});
		const { id } = await sends(first, '1');
		await graph.downloads(1);
		for (let look = 0; look < 2; look++) {
			clock.advance(5_001);
			for (const desk of desks) desk.media.nudge();
			await eventually(async () => Number((await row(first, id))!.not_before) > clock.now());
		}
		deliver();
		await until(first, id, 'stored');
		expect(graph.asked.map(({ path }) => path)).toEqual(['/v26.0/1', '/file/1']);
	});

	it('wait for a process that can reach their number', async () => {
		const blind = await open({ reachable: false });
		graph.files.set('1', { bytes: PDF });
		const { id } = await sends(blind, '1');
		expect(await readInboundMedia(blind, id, { waitMs: 50 })).toMatchObject({ code: 'notYet' });
		const asked = readInboundMedia(blind, id, { waitMs: 10_000 });
		await open();
		expect(await asked).toMatchObject({ type: 'file', bytes: PDF });
	});

	it('received before files were fetched can still be had', async () => {
		const desk = await open();
		graph.files.set('1', { bytes: PDF });
		const { id } = await sends(desk, '1');
		await until(desk, id, 'stored');
		await desk.store.db.deleteFrom('inbound_media').execute();
		expect(await readInboundMedia(desk, id, { waitMs: 10_000 })).toMatchObject({ type: 'file', bytes: PDF });
		await desk.store.db.deleteFrom('inbound_media').execute();
		clock.advance(8 * DAY);
		expect(await readInboundMedia(desk, id, { waitMs: 0 })).toMatchObject({ code: 'gone' });
	});

	it('nobody fetched within seven days are given up when the desk tidies', async () => {
		const desk = await open({ reachable: false });
		const { id } = await sends(desk, '1');
		clock.advance(7 * DAY + 1);
		await until(desk, id, 'gone');
		expect((await lost(desk))[0]).toEqual([expect.stringContaining('nenhum processo pôde baixá-lo em 7 dias'), id]);
	});

	describe('are kept for a while', () => {
		const received = async (desk: Desk) => {
			graph.files.set('1', { bytes: PDF });
			const { id } = await sends(desk, '1');
			await until(desk, id, 'stored');
			return id;
		};
		const attachment = async (desk: Desk, id: string, status: string, extra: object = {}) => {
			const now = clock.now();
			const blob = { id, mime_type: 'application/pdf', file_name: null, bytes: PDF, created_at: now };
			await desk.store.db.insertInto('blob').values(blob).execute();
			const content = { type: 'media', mediaType: 'document', source: { blobId: id } };
			await desk.store.db
				.insertInto('outbox')
				.values({
					...{ id: `out_${id}`, channel_id: 'cloudApi:none', contact_id: 'cnt_1', conversation_id: null },
					...{ address: '1', content: JSON.stringify(content), origin: 'bot', purpose: null, dedupe_key: null },
					...{ quoted_provider_message_id: null, status, attempts: 0, not_before: 0, valid_until: null },
					...{ created_at: now, claimed_at: null, claimed_by: null, finished_at: null, provider_message_id: null },
					...{ delivery: null, delivery_at: null, error_code: null, explanation: null, label: null, category: null },
					...{ outside_window: null, started_at: null, hint: null, price_category: null, price_type: null },
					...{ cost_micros: null, currency: null, ...extra },
				})
				.execute();
		};

		it('then deleted, but for what is still to be sent', async () => {
			const desk = await open({ keepMediaDays: 30 });
			const id = await received(desk);
			await attachment(desk, 'blb_sent', 'sent');
			await attachment(desk, 'blb_refused', 'refused');
			await attachment(desk, 'blb_queued', 'queued');
			await attachment(desk, 'blb_held', 'held', { waits: 1 });
			for (let i = 0; i < 25; i++) await attachment(desk, `blb_old${i}`, 'sent');
			clock.advance(30 * DAY - 60_000);
			await attachment(desk, 'blb_young', 'sent');
			await eventually(async () => (await blobs(desk)).length === 31);
			clock.advance(3_700_000);
			await eventually(async () => (await blobs(desk)).length === 3);
			expect((await blobs(desk)).sort()).toEqual(['blb_held', 'blb_queued', 'blb_young']);
			expect(await readInboundMedia(desk, id, { waitMs: 0 })).toMatchObject({
				code: 'gone',
				reason: expect.stringContaining('foi apagado depois de 30 dias (WHATSAPP_DESK_KEEP_MEDIA_DAYS)'),
			});
			expect(await lost(desk)).toEqual([]);
		});

		it('for ever when so set', async () => {
			const desk = await open({ keepMediaDays: 0 });
			const id = await received(desk);
			clock.advance(4_000 * DAY);
			const never = await sends(await open({ reachable: false, keepMediaDays: 0 }), 'never');
			clock.advance(8 * DAY);
			// A sign that it was tidied; closing waits for the end of it.
			await until(desk, never.id, 'gone');
			await Promise.all(desks.splice(0).map((each) => each.close()));
			expect(await readInboundMedia(await open(), id, { waitMs: 0 })).toMatchObject({ type: 'file' });
		});
	});

	describe('while the process that fetches is killed', () => {
		let tree: CompiledTree;
		beforeAll(() => (tree = compileTree(['engine', 'simulator', 'test/support'])));
		afterAll(() => tree.remove());

		it('are fetched whole by the next one (D-31)', async () => {
			const blind = await open({ reachable: false });
			const big = Buffer.alloc(300_000, 'x');
			graph.files.set('1', {
				bytes: big,
				download: (response) =>
					void response.writeHead(200, { 'content-length': big.length }).write(big.subarray(0, 9)),
			});
			const { id } = await sends(blind, '1');
			const settings = { store: store.settings, credentials: demoCredentials(graph.url) };
			const worker = fork(tree.file('test/support/processes/fetching-desk'), [JSON.stringify(settings)], {
				env: tree.env,
			});
			await graph.downloads(1);
			const gone = new Promise((resolve) => worker.once('exit', resolve));
			worker.kill('SIGKILL');
			await gone;
			expect(await row(blind, id)).toMatchObject({
				status: 'waiting',
				claimed_by: expect.stringContaining(`/${worker.pid}/`),
			});
			graph.files.set('1', { bytes: big });
			clock.advance(10_000);
			const next = await open();
			await until(next, id, 'stored');
			expect(await readInboundMedia(next, id, { waitMs: 0 })).toMatchObject({ type: 'file', bytes: big });
			expect(await blobs(next)).toHaveLength(1);
		});
	});
});
