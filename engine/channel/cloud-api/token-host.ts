/**
 * May this address see the access token? The address of a file comes from an answer, so it is checked before the token is
 * sent there: one of Meta's own hosts over TLS, or exactly where the credential's calls go anyway (a proxy, the simulator).
 * Source: cloud-api §1 "Media"; sample host lookaside.fbsbx.com.
 */
const META_DOMAINS = ['facebook.com', 'fbsbx.com', 'fbcdn.net', 'whatsapp.net', 'whatsapp.com'];

export function mayReceiveToken(address: string, baseUrl: string): boolean {
	if (!URL.canParse(address)) return false;
	const url = new URL(address);
	if (url.username !== '' || url.password !== '') return false;
	if (URL.canParse(baseUrl) && url.origin === new URL(baseUrl).origin && url.origin !== 'null') return true;
	if (url.protocol !== 'https:' || url.port !== '') return false;
	return META_DOMAINS.some((domain) => url.hostname === domain || url.hostname.endsWith(`.${domain}`));
}
