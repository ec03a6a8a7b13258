// A browser in front of the desk's pages, request by request, over a desk that all tests of a file share.
import type { Answer, ConsoleRequest, ConsoleResponse, EventStream } from '../../engine/console/http';
import { PASSWORD, startConsole, type ConsoleRig } from './console-server';
import type { TestStore } from './each-store';
import { StandingClock } from './moving-clock';

export const ORIGIN = 'https://desk.example';
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export interface Signed {
	cookie: string;
	'x-desk-csrf': string;
}

/** Registers with jest what starts, clears and ends the desk of the tests around it. */
export function consoleForTests(create: () => Promise<TestStore>) {
	const clock = new StandingClock(Date.parse('2026-03-10T13:00:00Z'));
	const watchers = new Set<() => void>();
	let place: TestStore;
	const start = () => startConsole(place.settings, { clock, password: () => desk.password });
	const desk = {
		clock,
		rig: undefined as unknown as ConsoleRig,
		/** Of the credential. */
		password: PASSWORD,
		/** Another process on the same database. */
		start,

		get: (query: Record<string, string>, headers: object = {}) =>
			desk.rig.ask({ query: new Map(Object.entries(query)), headers: new Map(Object.entries(headers)) }),

		/** A header of '' is left out. */
		post: (api: string, body: unknown, headers: object = {}, more: Partial<ConsoleRequest> = {}) =>
			desk.rig.ask({
				method: 'POST',
				query: new Map([['api', api]]),
				headers: new Map(
					Object.entries({
						...{ host: 'desk.example', origin: ORIGIN, 'content-type': 'application/json' },
						...headers,
					}).filter(([, value]) => value !== ''),
				),
				body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
				...more,
			}),

		async signIn(): Promise<Signed> {
			const answer = await desk.post('signIn', { password: desk.password, path: '/webhook/whatsapp-desk' });
			expect(answer).toMatchObject({ status: 200 });
			return { cookie: cookieOf(answer), 'x-desk-csrf': bodyOf(answer).csrf };
		},

		/** Opens a stream and keeps what it says. */
		async watch(browser: object, query: Record<string, string> = {}) {
			const stream = (await desk.get({ api: 'stream', ...query }, browser)) as EventStream;
			let text = '';
			let hasEnded = false;
			const stop = stream.open({ write: (part) => (text += part), end: () => (hasEnded = true) });
			watchers.add(stop);
			return {
				stop,
				text: () => text,
				ended: () => hasEnded,
				lastId: () => [...text.matchAll(/^id: (.*)$/gm)].at(-1)![1]!,
				snapshots: (): any[] =>
					[...text.matchAll(/^event: devices\ndata: (.*)$/gm)].map((match) => JSON.parse(match[1]!)),
			};
		},

		/** For what a desk does not come back from. */
		async onItsOwn(work: () => Promise<void>): Promise<void> {
			const shared = desk.rig;
			desk.rig = await start();
			await work().finally(async () => {
				await desk.rig.close();
				desk.rig = shared;
			});
		},
	};

	beforeAll(async () => {
		place = await create();
		desk.rig = await start();
	});
	beforeEach(async () => {
		desk.password = PASSWORD;
		desk.rig.channel.sent = [];
		for (const table of ['console_sign_in', 'console_attempt', 'linked_session', 'timeline'] as const) {
			await desk.rig.desk.store.db.deleteFrom(table).execute();
		}
		await desk.rig.put('atendimento', { state: 'inactive' }, { owned: false });
	});
	afterEach(() => {
		for (const stop of watchers) stop();
		watchers.clear();
	});
	afterAll(async () => {
		await desk.rig.close();
		await place.drop();
	});
	return desk;
}

export function bodyOf(answer: ConsoleResponse): any {
	return JSON.parse(String((answer as Answer).body));
}

/** As the browser sends it back. */
export function cookieOf(answer: ConsoleResponse): string {
	return answer.headers['set-cookie']!.split(';')[0]!;
}
