/** Calls to the desk. A failure is a result with a sentence to show, so that callers have one way out. */

let csrf = '';

export const keepToken = (token) => (csrf = token);

/** { ok: true, ... } or { ok: false, status, code, message, field, retryAfter } */
export function get(name) {
	return call(name, { method: 'GET' });
}

export function post(name, body = {}) {
	return call(name, {
		method: 'POST',
		headers: { 'content-type': 'application/json', 'x-desk-csrf': csrf },
		body: JSON.stringify(body),
	});
}

async function call(name, init) {
	let response;
	try {
		response = await fetch(`?api=${name}`, { ...init, cache: 'no-store', credentials: 'same-origin' });
	} catch {
		return failure(0, 'offline', 'Sem conexão com o servidor. Verifique a internet e tente de novo.');
	}
	const answer = await response.json().catch(() => null);
	if (response.ok && answer !== null) return { ok: true, ...answer };
	const { code, message, field } = answer?.error ?? {};
	// n8n answers by itself when the workflow of this page is not published any more.
	const fallback =
		response.status === 404
			? 'Esta página não está mais publicada. No n8n, publique o fluxo com o nó Desk Console.'
			: `O servidor respondeu ${response.status}. Tente de novo em instantes.`;
	return {
		...failure(response.status, code ?? 'unknown', message ?? fallback, field),
		retryAfter: Number(response.headers.get('retry-after')) || 0,
	};
}

function failure(status, code, message, field = null) {
	return { ok: false, status, code, message, field, retryAfter: 0 };
}
