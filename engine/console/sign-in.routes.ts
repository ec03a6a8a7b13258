import { z } from 'zod/v4';
import { forgetAttempts, takeAttempt } from './attempts';
import { readBody, type Route } from './call';
import { cookieScope, dropCookie, setCookie } from './cookie';
import { json, refusal } from './http';
import { isSecure } from './origin';
import { closeSignIn, LONGEST_MS, openSignIn } from './sign-ins';

const signInSchema = z.object({
	password: z.string().min(1).max(500),
	/** The path in the address bar: the cookie is for it alone. */
	path: z.string().max(500),
});

/** The password opens the pages in this browser; wrong ones make the address wait, longer each time. */
export const signInRoute: Route = {
	name: 'signIn',
	method: 'POST',
	access: 'open',
	async run({ request, password, desk, passwords }) {
		const body = readBody(request, signInSchema);
		if (!body.ok) return body.answer;
		const now = desk.clock.now();
		const attempt = await takeAttempt(desk.store, request.address, now);
		if (attempt.type === 'wait') {
			const seconds = Math.max(1, Math.ceil((attempt.until - now) / 1_000));
			return refusal(429, 'tooManyAttempts', `Muitas tentativas. Espere ${seconds} s e tente de novo.`, {
				headers: { 'retry-after': String(seconds) },
			});
		}
		const checked = await passwords.check(body.value.password, password);
		if (checked === 'busy') {
			return refusal(503, 'busy', 'Muita gente está entrando agora. Espere alguns segundos e tente de novo.', {
				headers: { 'retry-after': '2' },
			});
		}
		if (checked === 'wrong') return refusal(401, 'wrongPassword', 'Senha incorreta.', { field: 'password' });
		await forgetAttempts(desk.store, request.address);
		const scope = cookieScope(body.value.path, isSecure(request));
		const { csrf, cookie } = await openSignIn(desk.store, password, scope, now);
		return json(200, { csrf }, { 'set-cookie': setCookie(cookie, scope, LONGEST_MS) });
	},
};

/** Ends it on the server too: a copied cookie is then worth nothing. */
export const signOutRoute: Route = {
	name: 'signOut',
	method: 'POST',
	access: 'signedIn',
	async run({ signIn, desk, feed }) {
		await closeSignIn(desk.store, signIn.id);
		feed.end(signIn.id);
		return json(200, {}, { 'set-cookie': dropCookie(signIn.scope) });
	},
};
