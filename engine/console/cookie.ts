/** The cookie of a signed-in browser: scripts cannot read it, other sites cannot make the browser send it. */

const NAME = 'whatsapp_desk_console';
const LONGEST = 200;

/** @param scope path and Secure, from `cookieScope` */
export function setCookie(value: string, scope: string, maxAgeMs: number): string {
	return `${NAME}=${value}; ${scope}; HttpOnly; SameSite=Strict; Max-Age=${Math.floor(maxAgeMs / 1_000)}`;
}

export function dropCookie(scope: string): string {
	return setCookie('', scope, 0);
}

/**
 * Sent to the pages only, so that webhooks of other workflows on this n8n never see it.
 * @param path as the browser has it in its address bar; anything odd falls back to the whole site
 */
export function cookieScope(path: string, secure: boolean): string {
	const own = /^(\/[\w.~-]+)+\/?$/.test(path) && path.length <= LONGEST ? path.replace(/\/$/, '') : '/';
	return `Path=${own}${secure ? '; Secure' : ''}`;
}

/** Null when there is none, or several: one of them is then not ours. */
export function readCookie(header: string | undefined): string | null {
	const values = (header ?? '')
		.split(';')
		.map((part) => part.trim())
		.filter((part) => part.startsWith(`${NAME}=`))
		.map((part) => part.slice(NAME.length + 1));
	return values.length === 1 && values[0] !== '' && values[0]!.length <= LONGEST ? values[0]! : null;
}
