import { toast } from './dom.js';

/** Calls to the simulator. Failures are shown and answered with null, so that callers stay short. */
export async function get(path) {
	return call(path);
}

export async function post(path, body = {}) {
	return call(path, postOf(body));
}

/** One stream for the whole page; `onOpen` also runs after every reconnection. */
export function watch(onEvent, onOpen, onLost) {
	const source = new EventSource('/admin/events');
	source.addEventListener('message', (message) => onEvent(JSON.parse(message.data)));
	source.addEventListener('open', onOpen);
	source.addEventListener('error', onLost);
}

/** As `post`, for refusals that are explained where they happen: `refused` gets the simulator's own words. */
export async function attempt(path, body, refused) {
	return call(path, postOf(body), refused);
}

async function call(path, init, refused = (error) => toast(`O simulador recusou: ${error}`)) {
	try {
		const response = await fetch(`/admin/${path}`, init);
		const answer = await response.json();
		if (response.ok) return answer;
		refused(answer.error);
	} catch {
		toast('Sem conexão com o simulador. Ele ainda está rodando?');
	}
	return null;
}

function postOf(body) {
	return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
