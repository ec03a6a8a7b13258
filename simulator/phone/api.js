import { toast } from './dom.js';

/** Calls to the simulator. Failures are shown and answered with null, so that callers stay short. */
export async function get(path) {
	return call(path);
}

export async function post(path, body = {}) {
	return call(path, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
}

/** One stream for the whole page; `onOpen` also runs after every reconnection. */
export function watch(onEvent, onOpen, onLost) {
	const source = new EventSource('/admin/events');
	source.addEventListener('message', (message) => onEvent(JSON.parse(message.data)));
	source.addEventListener('open', onOpen);
	source.addEventListener('error', onLost);
}

async function call(path, init) {
	try {
		const response = await fetch(`/admin/${path}`, init);
		const answer = await response.json();
		if (response.ok) return answer;
		toast(`O simulador recusou: ${answer.error}`);
	} catch {
		toast('Sem conexão com o simulador. Ele ainda está rodando?');
	}
	return null;
}
