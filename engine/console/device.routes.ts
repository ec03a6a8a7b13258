import { z } from 'zod/v4';
import { normalizePhone } from '../phone';
import { readBody, type Call, type Route } from './call';
import { takeSnapshot } from './devices';
import { json, refusal, type ConsoleResponse } from './http';

/** Activation and pairing (B-14…B-33): what the page shows, and what its buttons do. */

/** For the timeline: "ativada por …". */
const BY = 'uma pessoa no painel';
const channelId = z.string().regex(/^linkedDevice:[a-z0-9-]{1,64}$/);
const LONGEST_TEST = 4_096;

const onDevice = z.object({ channelId });
const activation = onDevice.extend({ phone: z.string().max(40) });
const test = onDevice.extend({ phone: z.string().max(40), text: z.string().max(LONGEST_TEST) });

/** Everything there is to draw, and the token for changes. That nobody is signed in is an answer too. */
export const stateRoute: Route = {
	name: 'state',
	method: 'GET',
	access: 'open',
	async run({ desk, signIn }) {
		if (!signIn) return json(200, { signedIn: false });
		const snapshot = await takeSnapshot(desk.store, desk.devices, desk.clock.now());
		return json(200, { signedIn: true, csrf: signIn.csrf, ...snapshot });
	},
};

/** The same again whenever something changed. A page that comes back says what it saw last. */
export const streamRoute: Route = {
	name: 'stream',
	method: 'GET',
	access: 'signedIn',
	async run({ request, feed, signIn }) {
		if (!feed.hasRoom) {
			return refusal(503, 'tooManyPages', 'Há páginas demais abertas. Feche algumas e recarregue.', {
				headers: { 'retry-after': '10' },
			});
		}
		const seen = request.headers.get('last-event-id') ?? request.query.get('seen') ?? null;
		return {
			type: 'stream',
			headers: {
				'content-type': 'text/event-stream; charset=utf-8',
				// no-transform: compression would hold events back.
				'cache-control': 'no-store, no-transform',
				'x-accel-buffering': 'no',
			},
			open: (sink) => feed.watch(sink, signIn.id, seen),
		};
	},
};

export const activateRoute: Route = {
	name: 'activate',
	method: 'POST',
	access: 'signedIn',
	run: (call) =>
		withBody(call, activation, async ({ channelId, phone }) => {
			const read = normalizePhone(phone);
			if (!read.ok) return refusal(422, 'phone', read.message, { field: 'phone' });
			await call.desk.devices.activate(channelId, { phone: read.e164, by: BY });
			return done(call);
		}),
};

export const deactivateRoute: Route = {
	name: 'deactivate',
	method: 'POST',
	access: 'signedIn',
	run: (call) =>
		withBody(call, onDevice, async ({ channelId }) => {
			await call.desk.devices.deactivate(channelId, { by: BY });
			return done(call);
		}),
};

export const pairingCodeRoute: Route = {
	name: 'pairingCode',
	method: 'POST',
	access: 'signedIn',
	run: (call) =>
		withBody(call, onDevice, async ({ channelId }) => {
			await call.desk.devices.requestPairingCode(channelId);
			return done(call);
		}),
};

/** "Enviar Teste" (B-30, B-31): not going out is an answer with the reason, like everything a person can correct. */
export const sendTestRoute: Route = {
	name: 'sendTest',
	method: 'POST',
	access: 'signedIn',
	run: (call) =>
		withBody(call, test, async ({ channelId, phone, text }) => {
			const read = normalizePhone(phone);
			if (!read.ok) return refusal(422, 'phone', read.message, { field: 'phone' });
			if (text.trim() === '') return refusal(422, 'text', 'Escreva a mensagem de teste.', { field: 'text' });
			return json(200, await call.desk.sendTest({ channelId, phone: read.e164, text }));
		}),
};

async function withBody<T>(call: Call, schema: z.ZodType<T>, run: (value: T) => Promise<ConsoleResponse>) {
	const body = readBody(call.request, schema);
	return body.ok ? run(body.value) : body.answer;
}

/** Other pages of this process hear of it at once. */
function done({ feed }: Call): ConsoleResponse {
	feed.nudge();
	return json(200, {});
}
