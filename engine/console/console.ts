import { DeskError } from '../errors';
import type { ConsoleDesk, Route } from './call';
import { readCookie, setCookie } from './cookie';
import {
	activateRoute,
	deactivateRoute,
	pairingCodeRoute,
	sendTestRoute,
	stateRoute,
	streamRoute,
} from './device.routes';
import { takeSnapshot, versionsOf } from './devices';
import { EventFeed } from './event-feed';
import { guarded } from './headers';
import { refusal, type ConsoleRequest, type ConsoleResponse } from './http';
import { isOwnPage, saysSameOrigin } from './origin';
import { serveFile, servePage } from './page-files';
import { PasswordCheck, SHORTEST_PASSWORD } from './password';
import { checkSignIn, isCsrfToken, LONGEST_MS, stillSignedIn, type CheckedSignIn } from './sign-ins';
import { signInRoute, signOutRoute } from './sign-in.routes';

const ROUTES: ReadonlyMap<string, Route> = new Map(
	[
		signInRoute,
		signOutRoute,
		stateRoute,
		streamRoute,
		activateRoute,
		deactivateRoute,
		pairingCodeRoute,
		sendTestRoute,
	].map((route) => [`${route.method} ${route.name}`, route]),
);

const LARGEST_BODY = 16 * 1024;

/**
 * The pages of the desk: one address, and everything else in its query (`?file=`, `?api=`), because published workflows do not learn
 * new addresses. Any process that serves HTTP can answer: all state is in the store.
 */
export class Console {
	readonly #passwords = new PasswordCheck();
	readonly #feed: EventFeed;

	constructor(private readonly desk: ConsoleDesk) {
		const { store, clock, devices } = desk;
		this.#feed = new EventFeed({
			clock,
			current: () => versionsOf(store, clock.now()),
			snapshot: async () => {
				const snapshot = await takeSnapshot(store, devices, clock.now());
				return { id: snapshot.id, data: JSON.stringify(snapshot) };
			},
			mayWatch: (signInId) => stillSignedIn(store, signInId, clock.now()),
			log: (message, details) => desk.log(message, details),
		});
	}

	/** Never rejects. @param password of the credential */
	async handle(request: ConsoleRequest, password: string): Promise<ConsoleResponse> {
		try {
			return guarded(await this.#answer(request, password));
		} catch (error) {
			if (error instanceof DeskError && error.name !== 'StoreUnavailable') {
				return guarded(refusal(409, 'notPossible', `${error.message} ${error.hint}`.trim()));
			}
			this.desk.log('A page could not be answered.', { cause: String(error) });
			const message = 'Algo deu errado no servidor. Tente de novo em instantes; o log do n8n diz o motivo.';
			return guarded(refusal(503, 'unavailable', message));
		}
	}

	/** Open pages, for tests and Diagnose. */
	get watchers(): number {
		return this.#feed.watchers;
	}

	close(): Promise<void> {
		return this.#feed.close();
	}

	async #answer(request: ConsoleRequest, password: string): Promise<ConsoleResponse> {
		const { method, query } = request;
		const api = query.get('api');
		if (api !== undefined) return this.#api(request, `${method} ${api}`, password);
		const file = query.get('file');
		if (method === 'GET' && file !== undefined) {
			return (await serveFile(file)) ?? refusal(404, 'notFound', 'Este arquivo não existe.');
		}
		if (method === 'GET') return servePage(request.path);
		return refusal(404, 'notFound', 'Este endereço não existe.');
	}

	async #api(request: ConsoleRequest, name: string, password: string): Promise<ConsoleResponse> {
		const route = ROUTES.get(name);
		if (!route) return refusal(404, 'notFound', 'Este endereço não existe.');
		const strange = refuseStranger(request);
		if (strange) return strange;
		if (password.length < SHORTEST_PASSWORD) {
			const message = `A senha da credencial "Desk Console", no n8n, precisa de pelo menos ${SHORTEST_PASSWORD} caracteres. Corrija-a e recarregue a página.`;
			return refusal(503, 'weakPassword', message);
		}
		const tools = { request, password, desk: this.desk, feed: this.#feed, passwords: this.#passwords };
		const cookie = readCookie(request.headers.get('cookie'));
		const signIn = cookie === null ? null : await checkSignIn(this.desk.store, cookie, password, this.desk.clock.now());
		if (route.access === 'open') return renewed(await route.run({ ...tools, signIn }), signIn);
		if (!signIn) return refusal(401, 'signedOut', 'Entre com a senha para continuar.');
		if (route.method === 'POST' && !isCsrfToken(request.headers.get('x-desk-csrf'), signIn)) {
			return refusal(403, 'wrongToken', 'Esta página está desatualizada. Recarregue-a e tente de novo.');
		}
		return renewed(await route.run({ ...tools, signIn }), signIn);
	}
}

/** With the newer cookie, when it is time for one. */
function renewed(response: ConsoleResponse, signIn: CheckedSignIn | null): ConsoleResponse {
	if (!signIn || signIn.cookie === null || response.headers['set-cookie'] !== undefined) return response;
	const cookie = setCookie(signIn.cookie, signIn.scope, LONGEST_MS);
	return { ...response, headers: { ...response.headers, 'set-cookie': cookie } };
}

/** Before anything is looked up: whoever is not our page learns nothing and costs nothing. */
function refuseStranger(request: ConsoleRequest): ConsoleResponse | null {
	if (request.method === 'GET') {
		return saysSameOrigin(request) ? null : refusal(403, 'foreignOrigin', 'Pedidos de outros sites são recusados.');
	}
	if (!isOwnPage(request)) {
		const message =
			'O pedido não veio desta página. Se há um proxy na frente do n8n, ele precisa passar o cabeçalho Host, ou WEBHOOK_URL precisa ser o endereço público.';
		return refusal(403, 'foreignOrigin', message);
	}
	if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
		return refusal(415, 'notJson', 'O pedido precisa ser JSON.');
	}
	if (request.body.byteLength > LARGEST_BODY) return refusal(413, 'tooLarge', 'O pedido é grande demais.');
	return null;
}
