// How does a process that loads Baileys come to the simulator instead of WhatsApp? Another address, another root key to
// trust, and the certificate of the media host; and the simulator is told what the codes on the screen contain, so that
// one click on its page can scan them.
const tls = require('node:tls');

let ownRepository = null;

/**
 * @param {{ DEFAULT_CONNECTION_CONFIG: any, WA_CERT_DETAILS: any }} defaults what Baileys starts from; changed in place
 * @param {{ url: string, rootKey: string, certificate: string }} pointer as the simulator wrote it
 */
exports.leadBaileys = ({ DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS }, { url, rootKey, certificate }) => {
	// Led twice, a process tells only the newest simulator.
	ownRepository ??= DEFAULT_CONNECTION_CONFIG.makeSignalRepository;
	Object.assign(DEFAULT_CONNECTION_CONFIG, {
		waWebSocketUrl: url,
		makeSignalRepository: (auth, ...rest) => {
			if (!auth.creds.account) void tellScreen(url, auth.creds);
			return ownRepository(auth, ...rest);
		},
	});
	WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(rootKey, 'hex');
	tls.setDefaultCACertificates([...tls.getCACertificates('default'), certificate]);
};

/** A simulator that is gone is noticed by the client itself. */
async function tellScreen(url, { noiseKey, advSecretKey }) {
	const screens = new URL('/admin/whatsapp-web/screens', url.replace(/^ws/, 'http'));
	const client = Buffer.from(noiseKey.public).toString('base64');
	await fetch(screens, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ client, secret: advSecretKey }),
	}).catch(() => undefined);
}
