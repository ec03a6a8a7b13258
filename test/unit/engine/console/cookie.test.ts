import { cookieScope, readCookie, setCookie } from '../../../../engine/console/cookie';

describe('the cookie of a signed-in browser', () => {
	it.each([
		['/webhook/whatsapp-desk', false, 'Path=/webhook/whatsapp-desk'],
		['/n8n/webhook/whatsapp-desk/', true, 'Path=/n8n/webhook/whatsapp-desk; Secure'],
		['/', true, 'Path=/; Secure'],
		['', false, 'Path=/'],
		['/a; Domain=evil.example', true, 'Path=/; Secure'],
		['/a\r\nSet-Cookie: x=y', true, 'Path=/; Secure'],
		['https://evil.example/', true, 'Path=/; Secure'],
		[`/${'a'.repeat(300)}`, false, 'Path=/'],
	])('of a page at %j (https: %s) goes to %j only', (path, secure, scope) => {
		expect(cookieScope(path, secure)).toBe(scope);
	});

	it('is read back among others, and not when there are two', () => {
		const cookie = setCookie('abc.def', 'Path=/', 60_000);
		expect(cookie).toBe('whatsapp_desk_console=abc.def; Path=/; HttpOnly; SameSite=Strict; Max-Age=60');
		expect(readCookie('a=b; whatsapp_desk_console=abc.def; c=d')).toBe('abc.def');
		expect(readCookie('whatsapp_desk_console=abc.def; whatsapp_desk_console=evil')).toBeNull();
		expect(readCookie('xwhatsapp_desk_console=abc.def')).toBeNull();
		expect(readCookie('whatsapp_desk_console=')).toBeNull();
		expect(readCookie(undefined)).toBeNull();
	});
});
