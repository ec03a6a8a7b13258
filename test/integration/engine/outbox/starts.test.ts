import type { CompiledQuery } from 'kysely';
import { isAnythingDue } from '../../../../engine/outbox/candidates';
import { ClaimRig } from '../../../support/claim-rig';
import { STORES, type TestStore } from '../../../support/each-store';
import { HOUR } from '../../../support/sending-facts';

const MINUTE = 60_000;
const NO_LIMITS = { dailyStarts: null, startBatch: null, startGap: null, warmUp: false };
const names = (count: number, prefix = 'k') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);

describe.each(STORES)('starting conversations on $name', ({ create }) => {
	let test: TestStore;
	let rig: ClaimRig;

	beforeEach(async () => {
		test = await create();
		rig = await ClaimRig.open(test.settings);
		await rig.configure(NO_LIMITS);
	});
	afterEach(async () => {
		await rig.close();
		await test.drop();
	});

	const start = (...contacts: string[]) =>
		rig.put(...contacts.map((contactId) => rig.message(contactId, { kind: 'campaign' })));

	it('never starts more than the cap, however many processes claim at the same time (C-11)', async () => {
		await rig.configure({ dailyStarts: 7 });
		await start(...names(40));
		const other = await rig.another();
		const claims = await Promise.all(
			[rig.store, other, rig.store, other, rig.store, other].map((store) => rig.claim({ limit: 3 }, store)),
		);
		const claimed = claims.flatMap((claim) => claim.claimed.map((each) => each.id));
		expect(claimed).toHaveLength(7);
		expect(new Set(claimed).size).toBe(7);
		expect(await rig.claimed()).toEqual([]);
	});

	it('goes on the next day with those who waited longest, in their order (C-11)', async () => {
		await rig.configure({ dailyStarts: 2 });
		await start('a', 'b', 'c', 'd', 'e');
		expect(await rig.deliver()).toEqual(['a', 'b']);
		expect(await rig.row('c')).toMatchObject({
			status: 'queued',
			error_code: 'dailyCap',
			started_at: null,
			attempts: 0,
		});
		expect((await rig.row('a')).started_at).toBe(rig.clock.now());
		rig.clock.advance(14 * HOUR);
		await start('f');
		// It is midnight: a new message may go, nobody who waits is woken.
		expect(await rig.deliver()).toEqual(['f']);
		rig.clock.advance(10 * HOUR);
		expect(await rig.deliver()).toEqual(['c']);
		rig.clock.advance(24 * HOUR);
		expect(await rig.deliver()).toEqual(['d', 'e']);
	});

	it('tells each message once why it waits, and the cap once a day', async () => {
		await rig.configure({ dailyStarts: 1 });
		await start('a', 'b', 'c');
		for (let i = 0; i < 3; i++) await rig.deliver();
		const text = 'Adiada: este número já iniciou as 1 conversas do limite diário. Continua amanhã, na ordem.';
		expect(await rig.told('messagePostponed')).toEqual([
			{ event: 'messagePostponed', text },
			{ event: 'messagePostponed', text },
		]);
		expect(await rig.told('startsCapped')).toEqual([
			{
				event: 'startsCapped',
				text: 'Este número já iniciou as 1 conversas do limite diário. Continua amanhã, na ordem.',
			},
		]);
	});

	it('sends batches: so many, then a rest (C-12)', async () => {
		await rig.configure({ startBatch: { size: 5, everyMinutes: 10 } });
		await start(...names(12));
		expect(await rig.deliver()).toEqual(names(5));
		rig.clock.advance(10 * MINUTE - 1);
		expect(await rig.deliver()).toEqual([]);
		rig.clock.advance(1);
		expect(await rig.deliver()).toEqual(names(10).slice(5));
		rig.clock.advance(10 * MINUTE);
		expect(await rig.deliver()).toEqual(names(12).slice(10));
	});

	it('leaves a random pause between two starts, and lets nobody jump the line (D-12)', async () => {
		await rig.configure({ startGap: { minSeconds: 8, maxSeconds: 25 } });
		await start('a', 'b');
		expect(await rig.deliver()).toEqual(['a']);
		rig.clock.advance(8_000);
		await start('late');
		expect(await rig.deliver()).toEqual(['b']);
		rig.clock.advance(8_000);
		expect(await rig.deliver()).toEqual(['late']);
	});

	it('starts little with a new number (D-13)', async () => {
		await rig.configure({ warmUp: true });
		await start(...names(30));
		expect(await rig.deliver()).toHaveLength(10);
		expect((await rig.row('k10')).error_code).toBe('warmUp');
		rig.clock.advance(3 * 24 * HOUR);
		expect(await rig.deliver()).toHaveLength(20);
	});

	it('counts starts alone: answers go at once, whatever the cap (X-05)', async () => {
		await rig.configure({ dailyStarts: 1 });
		await rig.wrote('ana');
		await start('a', 'b');
		await rig.put(rig.message('ana'));
		expect(await rig.deliver()).toEqual(['ana', 'a']);
		expect((await rig.row('ana')).started_at).toBeNull();
	});

	it.each([
		['came back', { status: 'queued' as const, notBefore: 0, cameBack: true }],
		['our own checks refused', { status: 'refused' as const, errorCode: 'mimeType', cameBack: true }],
	])('gives back the place of one that %s', async (_what, answer) => {
		await rig.configure({ dailyStarts: 1 });
		await start('a');
		await rig.deliver(answer);
		expect((await rig.row('a')).started_at).toBeNull();
		await start('b');
		expect(await rig.deliver()).toHaveLength(1);
		expect(await rig.deliver()).toEqual([]);
	});

	it('keeps the place of one that nobody knows the end of, also when it is sent again', async () => {
		await rig.configure({ dailyStarts: 1 });
		await start('a');
		await rig.deliver({ status: 'unknown' });
		await rig.store.db.updateTable('outbox').set({ status: 'queued' }).execute();
		expect(await rig.deliver()).toEqual(['a']);
		await start('b');
		expect(await rig.deliver()).toEqual([]);
	});

	it('leaves alone who did not answer, until the cooldown ends or an answer comes (C-27, C-28)', async () => {
		await start('ana', 'bruno');
		await rig.deliver();
		rig.clock.advance(HOUR);
		await rig.wrote('bruno');
		await start('ana', 'bruno');
		expect(await rig.deliver()).toEqual(['bruno']);
		const waiting = (await rig.rows()).find((row) => row.status === 'queued');
		expect(waiting).toMatchObject({
			contact_id: 'ana',
			error_code: 'startCooldown',
			not_before: rig.clock.now() + 23 * HOUR,
		});
		rig.clock.advance(23 * HOUR - 1);
		expect(await rig.deliver()).toEqual([]);
		rig.clock.advance(1);
		expect(await rig.deliver()).toEqual(['ana']);
	});

	it('does not count a start that never arrived as one that was not answered (C-27)', async () => {
		await start('ana');
		await rig.deliver({ status: 'refused', errorCode: '131026', explanation: 'não tem WhatsApp' });
		await start('ana');
		expect(await rig.deliver()).toEqual(['ana']);
	});

	it('brakes when too many starts are rejected, goes on afterwards, and says both (X-08)', async () => {
		await rig.configure({ brakeMinutes: 60 });
		await start(...names(6));
		await rig.deliver({ status: 'refused', errorCode: '131026', explanation: 'não tem WhatsApp' });
		await start('a', 'b');
		await rig.wrote('ana');
		await rig.put(rig.message('ana'));
		expect(await rig.deliver()).toEqual(['ana']);
		expect((await rig.row('a')).error_code).toBe('braked');
		rig.clock.advance(60 * MINUTE - 1);
		expect(await rig.deliver()).toEqual([]);
		rig.clock.advance(1);
		expect(await rig.deliver()).toEqual(['a', 'b']);
		expect(await rig.told('startsBraked', 'startsReleased')).toEqual([
			{
				event: 'startsBraked',
				text: 'Inícios de conversa em pausa por 60 min: 6 dos últimos 6 inícios foram rejeitados. Respostas continuam saindo.',
			},
			{ event: 'startsReleased', text: 'Os inícios de conversa continuam: a pausa terminou.' },
		]);
	});

	it('does not brake when that is switched off', async () => {
		await rig.configure({ brakeMinutes: 0 });
		await start('a');
		await rig.deliver({ status: 'refused', errorCode: '131048', explanation: 'limitado' });
		await start('b');
		expect(await rig.deliver()).toEqual(['b']);
	});

	it('follows a cap that is raised at once', async () => {
		await rig.configure({ dailyStarts: 1 });
		await start('a', 'b', 'c');
		expect(await rig.deliver()).toEqual(['a']);
		await rig.configure({ dailyStarts: 2 });
		expect(await rig.deliver()).toEqual(['b']);
		expect((await rig.row('c')).explanation).toContain('já iniciou as 2 conversas do limite diário');
	});

	it('tells those who wait when another limit holds them up than before (V-18)', async () => {
		await rig.configure({ dailyStarts: 3, startBatch: { size: 2, everyMinutes: 10 } });
		await start('a', 'b', 'c', 'd', 'e');
		expect(await rig.deliver()).toEqual(['a', 'b']);
		expect(await rig.row('e')).toMatchObject({ error_code: 'startBatch' });
		rig.clock.advance(10 * MINUTE);
		expect(await rig.deliver()).toEqual(['c']);
		for (const waiting of ['d', 'e']) expect(await rig.row(waiting)).toMatchObject({ error_code: 'dailyCap' });
		expect(await rig.told('startsCapped')).toHaveLength(1);
	});

	it('does not speak of a cap that holds nobody up', async () => {
		await rig.configure({ dailyStarts: 2 });
		await start('a', 'b');
		expect(await rig.deliver()).toEqual(['a', 'b']);
		expect(await rig.told('startsCapped')).toEqual([]);
		await start('c');
		expect(await rig.deliver()).toEqual([]);
		expect(await rig.row('c')).toMatchObject({ error_code: 'dailyCap' });
	});

	it('keeps the order of one contact’s starts', async () => {
		await rig.configure({ startBatch: { size: 1, everyMinutes: 10 }, cooldownHours: 0 });
		await rig.put(
			...['1', '2'].map((text) => rig.message('ana', { kind: 'campaign', content: { type: 'text', text } })),
		);
		const texts: unknown[] = [];
		for (let i = 0; i < 2; i++) {
			texts.push(...(await rig.claim()).claimed.map((each) => (each.content as { text: string }).text));
			await rig.store.db.updateTable('outbox').set({ status: 'sent' }).where('status', '=', 'sending').execute();
			rig.clock.advance(10 * MINUTE);
		}
		expect(texts).toEqual(['1', '2']);
	});

	it('is not slowed down by ten thousand that wait for tomorrow (X-05)', async () => {
		await rig.configure({ dailyStarts: 1 });
		await start(...names(10_000));
		for (let i = 0; i < 100; i++) if (!(await rig.claim()).more) break;
		const waits = await rig.store.db
			.selectFrom('outbox')
			.select((e) => e.fn.countAll().as('count'))
			.where('waits', '=', 1)
			.execute();
		expect(Number(waits[0]!.count)).toBe(9_999);
		// Nothing is due, by statements that read a row or two each; nothing is written.
		const seen: CompiledQuery[] = [];
		const executor = rig.store.db.getExecutor();
		const execute = executor.executeQuery.bind(executor);
		executor.executeQuery = (query) => {
			seen.push(query);
			return execute(query);
		};
		expect(await isAnythingDue(rig.store.db, [rig.channelId], rig.clock.now())).toBe(false);
		executor.executeQuery = execute;
		expect(seen.length).toBeLessThanOrEqual(5);
		expect(seen.every((query) => /^select/.test(query.sql))).toBe(true);
		// An answer is claimed as if nobody waited.
		await rig.wrote('ana');
		await rig.put(rig.message('ana'));
		const before = performance.now();
		expect(await rig.claimed({ lookAtWaiting: false })).toEqual(['ana']);
		expect(performance.now() - before).toBeLessThan(250);
	}, 60_000);
});
